import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';
import { runValija, type CommandResult } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const ADMIN = { user: 'admin', password: 'the first administrator 1' };
const temp = makeTempDir('user-import');
const dataDir = join(temp.path, 'data');
const users = join(temp.path, 'users.csv');
const codes = join(temp.path, 'codes.csv');
let server: ServerProcess;

before(async () => {
  server = await startServer(['serve', 'profile-server', '--port-base', '0', '--data', dataDir], makeEnv({}));
  await run(['register', '--setup-code', server.ready.setupCode ?? '']);
});
after(async () => {
  await server.stop();
  temp.remove();
});

async function run(args: string[]): Promise<CommandResult> {
  return await runValija({ ready: server.ready, dataDir }, args, ADMIN);
}

async function importUsers(csv: string): Promise<CommandResult> {
  writeFileSync(users, csv);
  return await run(['user', 'import', users, '--codes', codes]);
}

test('a file with problems leaves no file of codes, so that the same command does it once they are put right', async () => {
  const refused = await importUsers('name,email\nana,nowhere\n');
  assert.deepEqual([refused.code, refused.error?.code, existsSync(codes)], [1, 'invalid', false]);
  const done = await importUsers('name,email\nana,ana@example.org\n');
  assert.equal(done.code, 0, done.stderr);
  assert.match(readFileSync(codes, 'utf8'), /^name,code\r\nana,[\w-]{22}\r\n$/);
  assert.equal(statSync(codes).mode & 0o777, 0o600);
});

test('a file of codes that is there is left as it is', async () => {
  const before = readFileSync(codes, 'utf8');
  const refused = await importUsers('name\nbea\n');
  assert.deepEqual([refused.code, refused.error?.code], [2, 'usage']);
  assert.equal(readFileSync(codes, 'utf8'), before);
});

test('codes for which the disk has no room are printed: they are told once', async (t) => {
  if (process.getuid?.() !== 0) {
    t.skip('missing: root, to mount a small disk');
    return;
  }
  const disk = join(temp.path, 'small');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk]);
  t.after(() => void execFileSync('umount', ['-l', disk]));
  writeFileSync(join(disk, 'filler'), Buffer.alloc(4096));
  writeFileSync(users, 'name\ncarla\n');
  const told = await run(['user', 'import', users, '--codes', join(disk, 'codes.csv')]);
  assert.notEqual(told.code, 0);
  assert.match(told.stderr, /codes\.csv/);
  assert.match(told.stdout, /"name":"carla","code":"[\w-]{22}"/);
});
