import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { makeDataDir, openPartDir } from '../../launch/data-dir.ts';
import { choosePorts, demandFreePorts } from '../../launch/ports.ts';
import { MailError } from '../../common/errors.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const hasReason = (reason: string) => (error: unknown) =>
  error instanceof MailError && error.reason === reason;

test('a data directory is made for its owner alone, also where the umask says otherwise', (t) => {
  const dir = makeTempDir('data');
  t.after(dir.remove);
  const before = process.umask(0);
  t.after(() => process.umask(before));
  const made = makeDataDir(join(dir.path, 'a', 'b'));
  assert.equal(statSync(made).mode & 0o777, 0o700);
  assert.equal(statSync(openAndRelease(made)).mode & 0o777, 0o700);
});

function openAndRelease(dir: string): string {
  const part = openPartDir(dir, 'smtp-relay', 0);
  part.release();
  return part.path;
}

test('what cannot be a data directory is named', (t) => {
  const dir = makeTempDir('data');
  t.after(dir.remove);
  const file = join(dir.path, 'file');
  writeFileSync(file, '');
  assert.throws(() => makeDataDir(file), hasReason('data-unusable'));
  assert.throws(() => makeDataDir(join(file, 'below')), hasReason('data-unusable'));
  // Of such a folder the system says that it is not there, also when it is made.
  if (existsSync('/proc')) assert.throws(() => makeDataDir('/proc/valija/data'), hasReason('data-unusable'));
  if (process.getuid?.() === 0) return;
  chmodSync(dir.path, 0o500);
  assert.throws(() => makeDataDir(join(dir.path, 'new')), hasReason('data-unusable'));
  chmodSync(dir.path, 0o700);
});

test('a part has its directory to itself, and leaves it when its process is killed', (t) => {
  const dir = makeTempDir('data');
  t.after(dir.remove);
  const first = openPartDir(dir.path, 'storage-server', 0);
  assert.throws(() => openPartDir(dir.path, 'storage-server', 0), hasReason('data-in-use'));
  openAndRelease(dir.path);
  const code = `
    const { openPartDir } = await import('${join(import.meta.dirname, '../../launch/data-dir.ts')}');
    try { openPartDir(${JSON.stringify(dir.path)}, 'storage-server', 0); process.stdout.write('got it'); process.kill(process.pid, 'SIGKILL'); }
    catch (error) { process.stdout.write(error.reason); }`;
  const other = () =>
    spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }).stdout;
  assert.equal(other(), 'data-in-use');
  first.release();
  assert.equal(other(), 'got it');
  openPartDir(dir.path, 'storage-server', 0).release();
  assert.ok(existsSync(join(dir.path, 'storage-server')));
});

test('free ports are below those of outgoing connections, and different', async () => {
  const ports = Object.values(await choosePorts(0, '127.0.0.1'));
  assert.equal(new Set(ports).size, 4);
  for (const port of ports) assert.ok(port >= 12_000 && port < 32_000);
  assert.deepEqual(await choosePorts(7300, '127.0.0.1'), {
    profile: 7310,
    storage: 7320,
    submission: 7325,
    relay: 7330,
  });
});

test('a taken port is named before anything starts; so is an address that is not ours', async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await assert.rejects(demandFreePorts([port], '127.0.0.1'), hasReason('port-taken'));
  await assert.rejects(demandFreePorts([25_000], '192.0.2.1'), hasReason('cannot-listen'));
});
