import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { LAUNCHER, makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';
import { makeTempDir } from '../harness/tempdir.ts';

// `script` of util-linux gives a command a terminal of its own and shows all that appears on it.
const SCRIPT = '/usr/bin/script';
const skip = existsSync(SCRIPT) ? false : `missing ${SCRIPT}`;
const temp = makeTempDir('terminal');
let server: ServerProcess;

before(async () => {
  const args = ['serve', 'profile-server', '--port-base', '0', '--data', join(temp.path, 'data')];
  server = await startServer(args, makeEnv());
});
after(async () => {
  await server.stop();
  temp.remove();
});

/** Runs a command at a terminal and types one answer for each question; what the terminal showed, and the exit code. */
async function type(args: string[], answers: string[]): Promise<{ shown: string; code: number | null }> {
  const command = [process.execPath, LAUNCHER, ...args].map((word) => `'${word}'`).join(' ');
  const env = makeEnv({
    VALIJA_SERVER: server.ready.profile ?? '',
    XDG_STATE_HOME: join(temp.path, 'state'),
  });
  const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], { env, stdio: 'pipe' });
  let shown = '';
  let asked = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    const questions = shown.match(/\w: /g)?.length ?? 0;
    for (; asked < questions; asked++) child.stdin.write(`${answers[asked] ?? ''}\n`);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { shown, code };
}

test('name and password are asked for; the password is never shown', { skip }, async () => {
  const registered = await type(['register'], ['tina', 'a secret of hers', 'a secret of hers']);
  assert.equal(registered.code, 0, registered.shown);
  assert.match(
    registered.shown,
    /User name: tina[\s\S]*Password: [\s\S]*Password again: [\s\S]*Registered: tina/,
  );
  assert.ok(!registered.shown.includes('secret'));
  const login = await type(['login', 'tina'], ['a secret of hers']);
  assert.equal(login.code, 0, login.shown);
  assert.doesNotMatch(login.shown, /User name|secret/);
  const who = await type(['whoami'], []);
  assert.match(who.shown, /User +tina/);
});

test('two passwords that differ make no user; a wrong one does not sign in', { skip }, async () => {
  const differ = await type(['register', 'tom'], ['one password', 'other password']);
  assert.equal(differ.code, 2);
  assert.match(differ.shown, /The two passwords are not the same\. \(usage\)/);
  const wrong = await type(['login', 'tina'], ['not hers at all']);
  assert.equal(wrong.code, 1);
  assert.match(wrong.shown, /\(sign-in-failed\)/);
});
