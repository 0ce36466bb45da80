import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  chooseStale,
  closeLab,
  isOwnFolder,
  listLabBases,
  openLabRoot,
  openLabSession,
} from '../../../desktop/main/lab/lab.ts';
import { removeAfterExit } from '../../../desktop/main/lab/remove-after-exit.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

test('stale is every session of ours but the present one', () => {
  const table: [string[], string | null, string[]][] = [
    [[], null, []],
    [['session-AbC123'], null, ['session-AbC123']],
    [['session-AbC123', 'session-xyz789'], 'session-xyz789', ['session-AbC123']],
    [
      ['SingletonLock', 'SingletonSocket', 'photos', 'session-', 'session-toolong', '..', 'xsession-AbC123'],
      null,
      [],
    ],
  ];
  for (const [names, present, expected] of table) assert.deepEqual(chooseStale(names, present), expected);
});

test('a folder of a known name is used only if it is ours alone', () => {
  const ours = { isDirectory: true, isLink: false, mode: 0o40700, owner: 1000 };
  const table: [object, number | null, boolean][] = [
    [{}, 1000, true],
    [{ owner: 1001 }, 1000, false],
    [{ mode: 0o40755 }, 1000, false],
    [{ mode: 0o40710 }, 1000, false],
    [{ isLink: true }, 1000, false],
    [{ isDirectory: false }, 1000, false],
    [{ mode: 0o40777, owner: 0 }, null, true],
  ];
  for (const [facts, uid, expected] of table) assert.equal(isOwnFolder({ ...ours, ...facts }, uid), expected);
});

test('memory comes before disk', () => {
  assert.deepEqual(listLabBases('linux', { XDG_RUNTIME_DIR: '/run/user/7' }, '/tmp'), [
    '/run/user/7',
    '/dev/shm',
    '/tmp',
  ]);
  assert.deepEqual(listLabBases('linux', { XDG_RUNTIME_DIR: 'relative' }, '/tmp'), ['/dev/shm', '/tmp']);
  assert.deepEqual(listLabBases('win32', { XDG_RUNTIME_DIR: '/run' }, 'C:\\Temp'), ['C:\\Temp']);
});

test('a session is fresh and private, sweeps what others left, and goes without a trace', () => {
  const dir = makeTempDir('lab');
  const uid = process.getuid?.() ?? null;
  const root = openLabRoot([join(dir.path, 'missing'), dir.path], uid);
  mkdirSync(join(root, 'session-Dead01', 'deep'), { recursive: true });
  writeFileSync(join(root, 'session-Dead01', 'deep', 'Cookies'), 'secret');
  const { folders, unremoved } = openLabSession(root);
  assert.deepEqual(unremoved, []);
  assert.equal(existsSync(join(root, 'session-Dead01')), false);
  assert.equal(statSync(folders.session).mode & 0o777, 0o700);
  assert.equal(statSync(root).mode & 0o777, 0o700);
  assert.equal(openLabRoot([dir.path], uid), root);
  writeFileSync(join(folders.session, 'Preferences'), '{}');
  assert.equal(closeLab(folders), true);
  assert.equal(existsSync(root), false);
  dir.remove();
});

test('a folder that somebody else prepared is left alone', () => {
  const dir = makeTempDir('lab');
  const uid = process.getuid?.() ?? null;
  const known = join(dir.path, `valija-lab-${uid ?? 'user'}`);
  mkdirSync(join(dir.path, 'theirs'), { mode: 0o700 });
  symlinkSync(join(dir.path, 'theirs'), known);
  const root = openLabRoot([dir.path], uid);
  assert.notEqual(root, known);
  assert.equal(statSync(root).mode & 0o777, 0o700);
  const open = makeTempDir('lab');
  mkdirSync(join(open.path, `valija-lab-${uid ?? 'user'}`));
  chmodSync(join(open.path, `valija-lab-${uid ?? 'user'}`), 0o777);
  assert.notEqual(openLabRoot([open.path], uid), join(open.path, `valija-lab-${uid ?? 'user'}`));
  dir.remove();
  open.remove();
});

test('what a dying Chromium writes last is removed once the process is gone', async () => {
  const dir = makeTempDir('lab');
  const root = openLabRoot([dir.path], process.getuid?.() ?? null);
  const { folders } = openLabSession(root);
  writeFileSync(join(folders.session, 'Cookies'), 'late');
  const program = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => {
    const watcher = watch(dir.path, () => {
      if (existsSync(root)) return;
      watcher.close();
      resolve();
    });
  });
  removeAfterExit(folders, program.pid ?? 0);
  assert.equal(existsSync(folders.session), true);
  program.stdin.end();
  await gone;
  dir.remove();
});
