import {
  closeSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { KeepingRig } from './keeping-rig.ts';

/** Something that happens to a store, after all that stand before it: what it is called, and how many originals lose their bytes for good. */
export interface Damage {
  name: string;
  harm(rig: KeepingRig): Promise<void> | void;
  kinds: string[];
  /** Null: many. */
  lost: number | null;
  /** Where the other engine would say nothing more. */
  engine?: 'sqlite';
}

const USER = 'user_one';

function flip(path: string, at: number): void {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0]! ^= 1;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}

/** The largest pack, and the file of a blob that is too large for one. */
function findPack(dataDir: string): string {
  const folder = join(dataDir, 'blobs', 'packs');
  const paths = readdirSync(folder).map((name) => join(folder, name));
  return paths.toSorted((a, b) => statSync(b).size - statSync(a).size)[0]!;
}

function findFile(dataDir: string): string {
  const blobs = new Sqlite(join(dataDir, 'blobs.sqlite'), { readonly: true });
  const row = blobs.prepare<[], { id: Buffer }>('SELECT id FROM blob WHERE frames IS NOT NULL').get()!;
  blobs.close();
  const id = row.id.toString('base64url');
  return join(dataDir, 'blobs', id.slice(0, 1), id);
}

async function run(rig: KeepingRig, text: string, params: (string | number)[] = []): Promise<void> {
  await rig.db.write(async (tx: Writer) => void (await tx.run(text, params)));
}

async function findHeader(rig: KeepingRig, mail: number, account: string): Promise<Buffer> {
  const row = await rig.db.read.get<{ header: string }>(
    'SELECT header FROM mail_original WHERE user_id = ? AND mail = ? AND account = ?',
    [USER, mail, account],
  );
  return Buffer.from(row!.header, 'base64url');
}

/** Where the header of that mail's original stands; its bytes are one of the pieces of a pack. */
async function placeOf(
  rig: KeepingRig,
  mail: number,
  account: string,
): Promise<{ path: string; at: number }> {
  const header = await findHeader(rig, mail, account);
  const blobs = new Sqlite(join(rig.dataDir, 'blobs.sqlite'), { readonly: true });
  const row = blobs
    .prepare<[Buffer], { pack: number; at: number }>('SELECT pack, at FROM blob WHERE id = ?')
    .get(header)!;
  blobs.close();
  return { path: join(rig.dataDir, 'blobs', 'packs', `${row.pack}.pack`), at: row.at };
}

function changeIndex(dataDir: string, text: string): void {
  const index = new Sqlite(join(dataDir, 'search', `${USER}.sqlite`));
  index.exec(text);
  index.close();
}

const byRows: Damage[] = [
  {
    name: 'a mailbox’s counter is changed',
    harm: async (rig) =>
      await run(rig, 'UPDATE mailbox_counter SET unread = unread + 1 WHERE user_id = ?', [USER]),
    kinds: ['counter-wrong'],
    lost: 0,
  },
  {
    name: 'a list’s counter is gone',
    harm: async (rig) =>
      await run(rig, "DELETE FROM list_counter WHERE user_id = ? AND kind = 'label'", [USER]),
    kinds: ['counter-wrong'],
    lost: 0,
    engine: 'sqlite',
  },
  {
    name: 'a conversation’s row and a label’s row are gone',
    harm: async (rig) => {
      await run(rig, 'DELETE FROM thread_row WHERE user_id = ? AND mail = 5', [USER]);
      await run(rig, 'DELETE FROM mail_label WHERE user_id = ? AND mail = 8', [USER]);
    },
    kinds: ['thread-wrong'],
    lost: 0,
  },
  {
    name: 'a mail’s row is gone',
    harm: async (rig) => await run(rig, 'DELETE FROM mail WHERE user_id = ? AND id = 6', [USER]),
    kinds: ['counter-wrong', 'index-wrong', 'ledger-wrong', 'mail-missing', 'thread-wrong'],
    lost: 0,
  },
  {
    name: 'a mail’s original is gone',
    harm: async (rig) => await run(rig, 'DELETE FROM mail_original WHERE user_id = ? AND mail = 6', [USER]),
    kinds: ['original-missing'],
    lost: 0,
    engine: 'sqlite',
  },
  {
    name: 'a mail is gone wholly, and its entry in the ledger stays',
    harm: async (rig) => {
      await run(rig, 'DELETE FROM mail WHERE user_id = ? AND id = 6', [USER]);
      await run(rig, 'DELETE FROM mail_original WHERE user_id = ? AND mail = 6', [USER]);
    },
    kinds: ['counter-wrong', 'index-wrong', 'ledger-wrong', 'thread-wrong'],
    lost: 0,
    engine: 'sqlite',
  },
  {
    name: 'the counter of changes is gone',
    harm: async (rig) => await run(rig, 'DELETE FROM user_counter WHERE user_id = ?', [USER]),
    kinds: ['index-wrong', 'modseq-wrong'],
    lost: 0,
    engine: 'sqlite',
  },
  {
    name: 'sizes and places are wrong',
    harm: async (rig) => {
      await run(rig, 'UPDATE mail_original SET size = size + 1 WHERE user_id = ? AND mail = 9', [USER]);
      await run(rig, "UPDATE mail_original SET mailbox = 'mbx_junk' WHERE user_id = ? AND mail = 10", [USER]);
      await run(rig, 'UPDATE mail SET unread = 1 - unread WHERE user_id = ? AND id = 11', [USER]);
    },
    kinds: ['original-missing', 'size-wrong', 'thread-wrong'],
    lost: 0,
  },
];

const byFiles: Damage[] = [
  {
    name: 'a byte of a pack flips',
    harm: async (rig) => {
      const { path, at } = await placeOf(rig, 2, 'acc_a');
      flip(path, at + 3);
    },
    kinds: ['blob-damaged'],
    lost: 1,
  },
  {
    name: 'a byte flips of one of a mail’s two originals',
    harm: async (rig) => {
      const { path, at } = await placeOf(rig, 4, 'acc_a');
      flip(path, at + 3);
    },
    kinds: ['blob-damaged'],
    lost: 1,
  },
  {
    name: 'a byte of a file flips',
    harm: ({ dataDir }) => flip(findFile(dataDir), 1_500_000),
    kinds: ['blob-damaged'],
    lost: 1,
  },
  {
    name: 'a file is gone',
    harm: ({ dataDir }) => rmSync(findFile(dataDir)),
    kinds: ['blob-damaged'],
    lost: 1,
  },
  {
    name: 'a blob’s row is gone',
    harm: async (rig) => {
      const header = await findHeader(rig, 12, 'acc_a');
      const blobs = new Sqlite(join(rig.dataDir, 'blobs.sqlite'));
      blobs.prepare('DELETE FROM blob WHERE id = ?').run(header);
      blobs.close();
    },
    kinds: ['blob-missing'],
    lost: 1,
  },
  {
    name: 'pages of the index are overwritten',
    harm: ({ dataDir }) => {
      const path = join(dataDir, 'search', `${USER}.sqlite`);
      const file = openSync(path, 'r+');
      const { size } = statSync(path);
      for (let at = 8192; at < size; at += 4096) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, at);
      closeSync(file);
    },
    kinds: ['index-wrong'],
    lost: 0,
  },
  {
    name: 'a mail is missing in the index',
    harm: ({ dataDir }) => changeIndex(dataDir, 'DELETE FROM doc WHERE mail = 7'),
    kinds: ['index-wrong'],
    lost: 0,
  },
  {
    name: 'a pack is cut short',
    harm: ({ dataDir }) => truncateSync(findPack(dataDir), 1000),
    kinds: ['blob-damaged'],
    lost: null,
  },
];

export const DAMAGES: readonly { damage: Damage; engines: 'both' | 'sqlite' }[] = [
  ...byRows.map((damage) => ({ damage, engines: damage.engine ?? ('both' as const) })),
  ...byFiles.map((damage) => ({ damage, engines: 'sqlite' as const })),
];
