import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations } from '../../profile-server/migrations/migrations.ts';
import { readKeyId } from '../../profile-server/vault/master-key.ts';
import { SEALED_KINDS } from '../../profile-server/vault/rotation/sealed-kinds.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { startVaultRig, type VaultRig } from './vault-rig.ts';
import { expectSession } from '../harness/expect-session.ts';

const FULL = process.env['VALIJA_TRIALS'] === 'full';
const ACCOUNTS = FULL ? 10_000 : 480;
/** So many are polled after each kill. */
const LOOKED_AT = FULL ? 500 : 8;
const PASSWORD = 'correct horse battery staple 7';

const CRASHES = [
  ...(FULL ? [{ point: 'rotation.key-kept', nth: 1 }] : []),
  { point: 'rotation.batch', nth: 1 },
  ...(FULL ? [{ point: 'rotation.batch', nth: 7 }] : []),
  { point: 'rotation.moved', nth: 1 },
  { point: 'rotation.ended', nth: 1 },
];

const dir = makeTempDir('master-key');
let rig: VaultRig;
before(async () => {
  rig = await startVaultRig(dir.path, ACCOUNTS);
});
after(() => dir.remove());

async function pollSome(round: number): Promise<void> {
  for (let n = 0; n < LOOKED_AT; n++) {
    const account = (round * 37 + n * Math.floor(ACCOUNTS / LOOKED_AT)) % ACCOUNTS;
    assert.equal(await rig.poll(account), 'secret', `account ${account} after ${round} kills`);
  }
}

test('a rotation that is killed wherever it is goes on, and no poll or session notices', async () => {
  let server = await rig.start();
  const signedIn = await expectSession(rig.open.session.register.mutate({ name: 'ana', password: PASSWORD }));
  let refreshToken = signedIn.refreshToken ?? '';
  const before = await rig.ask({ do: 'status' });
  for (const [round, crash] of CRASHES.entries()) {
    server.child.kill('SIGTERM');
    await server.ended;
    server = await rig.start(crash);
    // Killed before the rotation was written down, it is asked for again.
    if (round === 0 || crash.point === 'rotation.batch') rig.lay({ do: 'rotate', newKeyFile: null });
    await server.ended;
    assert.equal(server.child.signalCode, 'SIGKILL', `${crash.point}: ${server.log()}`);
    server = await rig.start({ point: crash.point, nth: 1_000_000 });
    await pollSome(round);
    const tokens = await rig.open.session.refresh.mutate({ refreshToken });
    refreshToken = tokens.refreshToken ?? '';
  }
  const status = await waitUntilDone();
  assert.notEqual(status.key, before.key);
  await sleep(1000);
  server.child.kill('SIGTERM');
  await server.ended;
  const lines = readFileSync(join(rig.dataDir, 'master.key'), 'utf8').trim().split('\n');
  assert.equal(lines.length, 1, 'the old key is out of the file');
  assert.ok(
    existsSync(join(rig.dataDir, `master.key.retired-${before.key}`)),
    readdirSync(rig.dataDir).join(),
  );
  assert.deepEqual(await countKeys(rig.dataDir), { [status.key]: await countRows(rig.dataDir) });
  server = await rig.start();
  await pollSome(9);
  await rig.open.session.refresh.mutate({ refreshToken });
  server.child.kill('SIGTERM');
  await server.ended;
});

async function waitUntilDone(): Promise<Awaited<ReturnType<VaultRig['ask']>>> {
  for (;;) {
    const status = await rig.ask({ do: 'status' });
    if (status.rotations.every(({ endedAt }) => endedAt !== null)) return status;
  }
}

/** Under which keys everything stands. */
async function countKeys(dataDir: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const sealed of await readAll(dataDir)) {
    const id = readKeyId(sealed) ?? 'none';
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

async function countRows(dataDir: string): Promise<number> {
  return (await readAll(dataDir)).length;
}

async function readAll(dataDir: string): Promise<Buffer[]> {
  const file = join(dataDir, 'profile.sqlite');
  const database = { engine: 'sqlite' } as const;
  const db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
  try {
    const all: Buffer[] = [];
    for (const { table, column } of Object.values(SEALED_KINDS)) {
      const rows = await db.read.all<{ sealed: Buffer | null }>(`SELECT ${column} AS sealed FROM ${table}`);
      all.push(...rows.flatMap(({ sealed }) => (sealed === null ? [] : [sealed])));
    }
    return all;
  } finally {
    await db.close();
  }
}
