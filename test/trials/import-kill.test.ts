import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  makeProfileClient,
  makeStorageClient,
  noToken,
  type StorageClient,
} from '../../command/server/clients.ts';
import { findOriginals } from '../../storage-server/mail/mail-store.ts';
import { readMailsAfter } from '../../storage-server/transfer/export-store.ts';
import { LAUNCHER, makeEnv } from '../harness/server-process.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { openMailRig, readAll } from '../storage-server/mail-rig.ts';
import { makeChances } from './kill-rig.ts';
import { expectSession } from '../harness/expect-session.ts';

const FULL = process.env['VALIJA_TRIALS'] === 'full';
const KILLS = FULL ? 100 : 4;
const SYSTEM_KILLS = FULL ? 20 : 1;
const MAILS = 1500;
const SEED = Number(process.env['VALIJA_SEED'] ?? Date.now() % 1_000_000);
const POINTS = ['import-before-commit', 'import-committed'];

/** Every tenth is the same as the one before it: twins stay two. */
function makeMbox(chance: () => number): { text: string; hashes: string[] } {
  const mails: string[] = [];
  for (let number = 0; number < MAILS; number += 1) {
    const text = `Subject: ${number}\nMessage-ID: <${number}@x>\n\n${'text '.repeat(Math.floor(chance() * 400))}\n`;
    mails.push(number % 10 === 9 ? mails[number - 1]! : text);
  }
  const hashes = mails.map((mail) => createHash('sha256').update(mail).digest('hex')).toSorted();
  return { text: mails.map((mail) => `From a@b.c Sat Jan  3 01:05:34 2015\n${mail}\n`).join(''), hashes };
}

test(
  `${KILLS} SIGKILLs while mails are imported: repeated it has each of them once`,
  { timeout: 3_000_000 },
  async (t) => {
    t.diagnostic(`seed ${SEED} (VALIJA_SEED=${SEED} repeats it)`);
    const chance = makeChances(SEED);
    const temp = makeTempDir('import-kill');
    t.after(temp.remove);
    const box = join(temp.path, 'box');
    const { text, hashes } = makeMbox(chance);
    writeFileSync(box, text);
    const run = async (name: string, nth: number, after: number | null): Promise<string> => {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'import-child.ts'), temp.path, 'user_a', box, name, String(nth)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (after !== null && said.includes('begun')) setTimeout(() => child.kill('SIGKILL'), after);
      });
      await new Promise((resolve) => child.once('close', resolve));
      return said;
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      if (kill % 2 === 0) await run(POINTS[(kill / 2) % POINTS.length]!, 1 + Math.floor(chance() * 3), null);
      else await run('-', 0, Math.floor(chance() * 600));
    }
    const last = JSON.parse((await run('-', 0, null)).split('\n')[1] ?? '') as {
      mails: number;
      there: number;
    };
    assert.equal(last.mails + last.there, MAILS);
    const rig = await openMailRig(temp.path, null);
    try {
      const rows = await readMailsAfter(rig.db.read, 'user_a', 0, 10_000);
      const found: string[] = [];
      for (const { id } of rows) {
        const raw = await readAll(await rig.mails.openRaw('user_a', rig.core.ids.mail('user_a', id), null));
        found.push(createHash('sha256').update(raw).digest('hex'));
      }
      assert.deepEqual(found.toSorted(), hashes);
      const originals = await findOriginals(
        rig.db.read,
        'user_a',
        rows.map(({ id }) => id),
      );
      assert.equal(originals.length, MAILS);
    } finally {
      await rig.stop();
    }
  },
);

test(
  `${SYSTEM_KILLS} SIGKILLs of the command and as many of Valija during an import`,
  { timeout: 3_000_000 },
  async (t) => {
    t.diagnostic(`seed ${SEED}`);
    const chance = makeChances(SEED + 1);
    const temp = makeTempDir('import-kill-system');
    t.after(temp.remove);
    const box = join(temp.path, 'box');
    writeFileSync(box, makeMbox(chance).text);
    const dataDir = join(temp.path, 'data');
    const who = { user: 'ana', password: 'la contraseña de Ana' };
    let system: System = await startSystem({ mode: 'start', dataDir });
    t.after(async () => await system.kill());
    assert.equal((await runValija(system, ['register'], who)).code, 0);
    const begin = () =>
      spawn(process.execPath, [LAUNCHER, 'import', box, '--json'], {
        stdio: 'ignore',
        env: makeEnv({
          VALIJA_SERVER: system.ready.profile ?? '',
          VALIJA_USER: who.user,
          VALIJA_PASSWORD: who.password,
          XDG_STATE_HOME: temp.path,
        }),
      });
    let storage: StorageClient | null = null;
    const connect = async (): Promise<StorageClient> => {
      const open = makeProfileClient(system.ready.profile ?? '', noToken);
      const { user: name, password } = who;
      const { home, tokens } = await expectSession(
        open.session.signIn.mutate({ name, password, client: 'test' }),
      );
      return makeStorageClient(home ?? '', async () => tokens.storage);
    };
    const count = async (): Promise<number> => {
      storage ??= await connect();
      const { mailboxes } = await storage.mailbox.list.query();
      return mailboxes.reduce((sum, { total }) => sum + total, 0);
    };
    for (let kill = 0; kill < 2 * SYSTEM_KILLS; kill += 1) {
      const before = await count();
      const command = begin();
      const ended = new Promise((resolve) => command.once('close', resolve));
      // Not before mails come in, as long as there are some to come.
      const until = Date.now() + 20_000;
      while (command.exitCode === null && (await count()) === before && Date.now() < until);
      if (kill % 2 === 0) command.kill('SIGKILL');
      else {
        await system.kill();
        system = await startSystem({ mode: 'start', dataDir });
        storage = null;
      }
      await ended;
    }
    const last = await runValija(system, ['import', box], who);
    assert.equal(last.code, 0, `${last.stderr}\n${system.log()}`);
    assert.equal(await count(), MAILS);
  },
);
