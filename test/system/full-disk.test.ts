import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { registerWithAccount } from '../harness/add-account.ts';
import { requireComponent } from '../harness/component.ts';
import { startDovecot } from '../harness/dovecot.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const ANA = { user: 'ana', password: 'a traveller since 2026' };
const MAILS = 30;

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A megabyte that does not compress, so that it takes its room. */
const makeLargeMail = (n: number): Buffer =>
  Buffer.concat([
    Buffer.from(`From: <luis@far.test>\r\nSubject: Large ${n}\r\nMessage-ID: <large-${n}@far.test>\r\n\r\n`),
    Buffer.from(randomBytes(750_000).toString('base64').replace(/.{76}/g, '$&\r\n')),
    Buffer.from('\r\n'),
  ]);

/** A data directory whose storage-server has a disk of 16 MiB to itself. */
function makeSmallDisk(name: string): { dataDir: string; disk: string; remove: () => void } {
  const temp = makeTempDir(name);
  const dataDir = join(temp.path, 'data');
  const disk = join(dataDir, 'storage-server');
  mkdirSync(disk, { recursive: true, mode: 0o700 });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]);
  const remove = (): void => {
    execFileSync('umount', [disk]);
    temp.remove();
  };
  return { dataDir, disk, remove };
}

async function listRaw(system: System): Promise<string[]> {
  const { json } = await runValija(system, ['list', '--limit', '500'], ANA);
  const hashes: string[] = [];
  for (const { id } of (json as { mails: { id: string }[] }).mails) {
    const raw = await runValija(system, ['raw', id], ANA);
    assert.equal(raw.code, 0, raw.stderr);
    hashes.push(hash(raw.bytes));
  }
  return hashes;
}

test('a disk that fills during retrieval: said plainly, nothing lost, nothing doubled, and on it goes with room', async (t) => {
  if (requireComponent(t, 'dovecot')) return;
  if (process.getuid?.() !== 0) {
    t.skip('missing: root, to mount a small disk');
    return;
  }
  const { dataDir, disk, remove } = makeSmallDisk('full-disk');
  const dovecot = await startDovecot({ users: { ana: 'maildrop' } });
  const mails = Array.from({ length: MAILS }, (_, n) => makeLargeMail(n));
  dovecot.deliver('ana', mails);
  const system = await startSystem({ mode: 'start', dataDir });
  t.after(async () => {
    await system.stop();
    await dovecot.stop();
    remove();
  });
  const maildrop = { host: dovecot.host, port: dovecot.port, name: 'ana', password: 'maildrop' };
  await registerWithAccount(system, ANA, maildrop, ['--keep', 'delete']);

  const full = await runValija(system, ['check'], ANA);
  assert.equal(full.code, 1);
  const [account] = (full.json as { accounts: { error: { code: string; message: string } }[] }).accounts;
  assert.equal(account?.error.code, 'disk-full');
  assert.match(account?.error.message ?? '', /disk/i);
  const left = dovecot.listMaildrop('ana').map((file) => hash(readFileSync(file)));
  const stored = await listRaw(system);
  assert(left.length > 0 && stored.length > 0, 'it filled in the middle');
  assert.deepEqual(new Set([...left, ...stored]), new Set(mails.map(hash)), 'every mail is here or there');

  execFileSync('mount', ['-o', 'remount,size=128m', disk]);
  const again = await runValija(system, ['check'], ANA);
  assert.equal(again.code, 0, again.stdout);
  assert.deepEqual((await listRaw(system)).sort(), mails.map(hash).sort(), 'each once, byte by byte');
  assert.deepEqual(dovecot.listMaildrop('ana'), []);
});

test('a start on a disk that is full is refused plainly, and with room it starts again', async (t) => {
  if (process.getuid?.() !== 0) {
    t.skip('missing: root, to mount a small disk');
    return;
  }
  const { dataDir, disk, remove } = makeSmallDisk('full-start');
  t.after(remove);
  await (await startSystem({ mode: 'start', dataDir })).stop();
  const filler = join(disk, 'filler');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
  const valija = join(import.meta.dirname, '../../launch/valija.mjs');
  const launch = [valija, 'start', '--data', dataDir, '--port-base', '0', '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, launch, {
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.deepEqual([status, stdout], [1, '']);
  const last = stderr.trim().split('\n').at(-1) ?? '';
  assert.equal((JSON.parse(last) as { error: { code: string } }).error.code, 'disk-full');
  rmSync(filler);
  await (await startSystem({ mode: 'start', dataDir })).stop();
});
