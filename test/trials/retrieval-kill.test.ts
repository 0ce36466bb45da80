import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, test } from 'node:test';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startServer, makeEnv, type ServerProcess } from '../harness/server-process.ts';
import { startTcpProxy } from '../harness/tcp-proxy.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { makeMessages } from '../storage-server/retrieval/store.ts';
import { call, hashOf, hashStore } from './kill-rig.ts';

const FULL = process.env['VALIJA_TRIALS'] === 'full';
const KILLS = FULL ? 50 : 5;
const MESSAGES = 20;
const SEED = Number(process.env['VALIJA_SEED'] ?? Date.now() % 1_000_000);
const SIGN_IN = { name: 'killed', password: 'correct horse battery 1' };

interface SignedIn {
  tokens: { profile: string; storage: string };
}

/** Moments from a seed, so that a run that fails can be run again. */
function makeMoments(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

describe(
  `SIGKILL at ${KILLS} moments of retrieval with retention delete`,
  { skip: missingComponent('dovecot') },
  () => {
    test(
      'what the maildrop no longer has is in the store byte by byte; nothing is doubled',
      { timeout: 900_000 },
      async (t) => {
        t.diagnostic(`seed ${SEED} (VALIJA_SEED=${SEED} repeats it)`);
        const temp = makeTempDir('kill');
        const dataDir = join(temp.path, 'data');
        const dovecot = await startDovecot({ users: { alice: 'secret' } });
        // A little distance, so that every step of a session lasts long enough to be hit.
        const proxy = await startTcpProxy({ host: '127.0.0.1', port: dovecot.port }, { delayMs: 4 });
        const moment = makeMoments(SEED);
        const all = makeMessages(MESSAGES * (KILLS + 2), 'killed');
        const expected = new Map(all.map((mail) => [hashOf(mail), 0]));
        let delivered = 0;
        const deliver = (): void => {
          dovecot.deliver('alice', all.slice(delivered, delivered + MESSAGES));
          delivered += MESSAGES;
        };
        let server: ServerProcess | null = null;
        try {
          server = await start(dataDir);
          const signedUp = await call<SignedIn>(server.ready.profile!, 'session.register', SIGN_IN);
          await addAccount(server, signedUp.tokens.profile, proxy.port);
          deliver();
          const whole = performance.now();
          await check(server);
          const duration = performance.now() - whole;
          for (let kill = 0; kill < KILLS; kill++) {
            deliver();
            const checking = check(server).catch(() => undefined);
            await delay(moment() * duration * 1.2);
            await server.kill();
            await checking;
            await assertNothingLost(dovecot, dataDir, all.slice(0, delivered));
            const begun = performance.now();
            server = await start(dataDir);
            assert.ok(performance.now() - begun < 30_000, 'the start after a kill hangs');
          }
          deliver();
          await check(server);
          await server.stop();
          server = null;
          assert.deepEqual(dovecot.listMaildrop('alice'), []);
          for (const hash of await hashStore(dataDir)) expected.set(hash, (expected.get(hash) ?? 99) + 1);
          assert.deepEqual(
            [...expected.values()].filter((count) => count !== 1),
            [],
          );
        } finally {
          await server?.kill();
          await proxy.close();
          await dovecot.stop();
          temp.remove();
        }
      },
    );
  },
);

async function start(dataDir: string): Promise<ServerProcess> {
  const settings = { VALIJA_ALLOW_NETWORKS: '127.0.0.0/8', VALIJA_REGISTRATION: 'open' };
  return await startServer(['start', '--data', dataDir, '--port-base', '0'], makeEnv(settings));
}

async function addAccount(server: ServerProcess, token: string, port: number): Promise<void> {
  const settings = {
    email: 'alice@example.org',
    name: null,
    pop3: { host: '127.0.0.1', port, tls: 'none', user: 'alice', auth: 'auto' },
    send: { way: 'relay', smtp: null },
    keep: 'delete',
    interval: 86_400,
  };
  await call(server.ready.profile!, 'account.add', { settings, secrets: { pop3Password: 'secret' } }, token);
}

/** Polls until it went through: a poll that the start began by itself is joined. */
async function check(server: ServerProcess): Promise<void> {
  const { tokens } = await call<SignedIn>(server.ready.profile!, 'session.signIn', SIGN_IN);
  const answer = await call<{ accounts: { error: unknown }[] }>(
    server.ready.storage!,
    'check.run',
    {},
    tokens.storage,
  );
  assert.deepEqual(
    answer.accounts.map(({ error }) => error),
    [null],
  );
}

async function assertNothingLost(
  dovecot: Dovecot,
  dataDir: string,
  delivered: readonly Buffer[],
): Promise<void> {
  const stored = await hashStore(dataDir);
  const here = new Set(stored);
  assert.equal(here.size, stored.length, 'a mail is there twice');
  const open = delivered.filter((mail) => !here.has(hashOf(mail)));
  for (let tries = 0; ; tries++) {
    const there = hashMaildrop(dovecot);
    const lost = open.filter((mail) => !there.has(hashOf(mail)));
    if (lost.length === 0) return;
    // Dovecot renames files while it ends the session that was cut: one may be looked for between two names.
    assert.ok(tries < 20, `mails are lost: ${lost.map((mail) => mail.toString('latin1', 0, 80)).join('; ')}`);
    await delay(50);
  }
}

function hashMaildrop(dovecot: Dovecot): Set<string> {
  const hashes = new Set<string>();
  for (const file of dovecot.listMaildrop('alice')) {
    try {
      hashes.add(hashOf(readFileSync(file)));
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOENT', String(error));
    }
  }
  return hashes;
}
