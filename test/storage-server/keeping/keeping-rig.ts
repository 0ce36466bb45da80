import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../server-kit/database/database.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import type { Findings } from '../../../storage-server/keeping/finding.ts';
import type { OpenStore } from '../../../storage-server/keeping/open-store.ts';
import { rebuildIndexes } from '../../../storage-server/keeping/mend/rebuild-indexes.ts';
import { repairStore, type RepairReport } from '../../../storage-server/keeping/repair-store.ts';
import { verifyStore, type VerifyReport } from '../../../storage-server/keeping/verify-store.ts';
import type { IncomingMail } from '../../../storage-server/mail/ingest/ingest.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import { saveEntries } from '../../../storage-server/retrieval/ledger/ledger-store.ts';
import type { TestEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { makeMessages, openTestStore, type TestStore } from '../retrieval/store.ts';

export const USERS = ['user_one', 'user_two'] as const;
const KEY = Buffer.alloc(32, 7);
const ids = makeMailIds(KEY);

/** A store without its server, and that server's doors to it, opened when asked for. */
export interface KeepingRig {
  store: OpenStore;
  db: Database;
  dataDir: string;
  verify(): Promise<VerifyReport>;
  repair(): Promise<RepairReport>;
  /** As its server has it open; closed again afterwards. */
  serve<T>(work: (store: TestStore) => Promise<T>): Promise<T>;
  /** Of everybody, in the order of ids, what is stored of each mail as each account brought it. */
  readRaw(): Promise<Map<string, Buffer | string>>;
  stop(): Promise<void>;
}

const quiet = (): void => undefined;

/** Two users with 40 mails each, one through two accounts, one larger than a pack takes, all indexed and in the ledger. */
export async function startKeepingRig(engine: TestEngine): Promise<KeepingRig> {
  const directory = makeTempDir('keeping');
  const dataDir = directory.path;
  mkdirSync(join(dataDir, 'spool'));
  const db = await engine.open(migrations);
  const kept: Database = { ...db, close: async () => undefined };
  const store: OpenStore = {
    dataDir,
    db,
    ids,
    blobKey: KEY,
    log: silentLogger,
    close: async () => undefined,
  };
  const serve: KeepingRig['serve'] = async (work) => {
    const served = await openTestStore(dataDir, {}, kept);
    try {
      return await work(served);
    } finally {
      await served.close();
    }
  };
  await serve(async (served) => {
    for (const user of USERS) await fill(served, user);
  });
  await rebuildIndexes(store, USERS, quiet);
  return {
    store,
    db,
    dataDir,
    verify: async () => await verifyStore(store, quiet),
    repair: async () => await repairStore(store, quiet),
    serve,
    readRaw: async () => await serve(async (served) => await readRaw(served)),
    stop: async () => {
      await db.close();
      directory.remove();
    },
  };
}

async function fill({ mails, db }: TestStore, user: string): Promise<void> {
  const sources = makeMessages(38, user);
  const head = `From: big@example.org\r\nMessage-ID: <big@${user}>\r\nSubject: big\r\n\r\n`;
  sources.push(Buffer.from(head + randomBytes(2_000_000).toString('base64').replace(/.{76}/g, '$&\r\n')));
  sources.push(
    Buffer.from(`From: list@example.org\r\nMessage-ID: <l@x>\r\nSubject: list\r\n\r\nTo all of you.\r\n`),
  );
  const incoming = sources.map((source, index): IncomingMail => ({
    account: 'acc_a',
    mailbox: index % 5 === 0 ? 'mbx_archive' : 'mbx_inbox',
    source,
    received: Date.now(),
    flags: index % 3 === 0 ? ['seen'] : [],
    sendKey: null,
    labels: index % 7 === 0 ? ['Family'] : [],
  }));
  await mails.ingestMails(user, incoming, async (tx, done) => {
    const entries = done.map(({ mailId }, index) => makeEntry(user, mailId, index));
    await saveEntries(tx, entries);
  });
  const again = Buffer.concat([Buffer.from('X-Way: b\r\n'), sources[3]!]);
  await mails.ingestMails(user, [{ ...incoming[3]!, account: 'acc_b', source: again }]);
  void db;
}

function makeEntry(user: string, mail: string, index: number) {
  const state = 'kept' as const;
  const known = { size: 1, state, first_seen: 1, listed: 1, removed_at: null, header: null, body: null };
  return { maildrop: `drop_${user}`, uidl: `u${index}`, mail, account: 'acc_a', ...known };
}

async function readRaw({ mails, db }: TestStore): Promise<Map<string, Buffer | string>> {
  const found = new Map<string, Buffer | string>();
  const rows = await db.read.all<{ user_id: string; mail: number; account: string }>(
    'SELECT user_id, mail, account FROM mail_original ORDER BY user_id, mail, account',
  );
  for (const { user_id: user, mail, account } of rows) {
    try {
      const raw = await mails.openRaw(user, ids.mail(user, mail), account === '' ? null : account);
      const pieces: Buffer[] = [];
      for await (const piece of raw.open(0, raw.size)) pieces.push(piece as Buffer);
      found.set(`${user} ${mail} ${account}`, Buffer.concat(pieces));
    } catch (error) {
      found.set(`${user} ${mail} ${account}`, (error as Error).message);
    }
  }
  return found;
}

/** Kinds of what was found, each once. */
export function kindsOf({ listed }: Findings): string[] {
  return [...new Set(listed.map(({ kind }) => kind))].sort();
}
