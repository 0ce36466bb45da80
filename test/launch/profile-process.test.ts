import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { readyLine } from '../command/contract.ts';
import { LAUNCHER, ROOT, makeEnv, startServer } from '../harness/server-process.ts';
import { runValija } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const SERVE = ['serve', 'profile-server', '--port-base', '0'];

function makeDir(t: { after(work: () => void): void }): string {
  const dir = makeTempDir('launch');
  t.after(dir.remove);
  return join(dir.path, 'data');
}

test('a part that runs alone prints the ready line with null for the others, and nothing else on stdout', async (t) => {
  const dataDir = makeDir(t);
  const server = await startServer([...SERVE, '--data', dataDir], makeEnv());
  t.after(async () => await server.kill());
  const ready = readyLine.parse(server.ready);
  assert.equal(ready.web, ready.profile);
  assert.deepEqual([ready.storage, ready.submission, ready.relay], [null, null, null]);
  assert.equal(ready.dataDir, dataDir);
  assert.match(ready.setupCode ?? '', /^[\w-]{22}$/);
  assert.equal((await fetch(`${ready.profile}/health`)).status, 200);
  assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  assert.equal(await server.stop(), 0);
  assert.equal(server.stdout(), `${JSON.stringify(server.ready)}\n`);
});

test('a second start on the same data is refused clearly, the first goes on', async (t) => {
  const dataDir = makeDir(t);
  const server = await startServer([...SERVE, '--data', dataDir], makeEnv());
  t.after(async () => await server.kill());
  const second = await runValija({ ready: server.ready, dataDir }, [...SERVE, '--data', dataDir]);
  assert.equal(second.code, 1);
  assert.equal(second.stdout, '');
  assert.equal(second.error?.code, 'unavailable');
  assert.match(second.error?.message ?? '', /Another Valija is running on .*profile-server/);
  assert.equal((await fetch(`${server.ready.profile}/health`)).status, 200);
  assert.equal(await server.stop(), 0);
});

test('with an administrator there is no setup code any more; data lasts over SIGKILL', async (t) => {
  const dataDir = makeDir(t);
  const args = [...SERVE, '--data', dataDir];
  const first = await startServer(args, makeEnv());
  const user = { user: 'root', password: 'a long enough one' };
  const code = first.ready.setupCode ?? '';
  const registered = await runValija(
    { ready: first.ready, dataDir },
    ['register', '--setup-code', code],
    user,
  );
  assert.equal(registered.code, 0, registered.stderr);
  await first.kill();
  const again = await startServer(args, makeEnv());
  t.after(async () => await again.kill());
  assert.equal(again.ready.setupCode, null);
  const who = await runValija({ ready: again.ready, dataDir }, ['whoami'], user);
  assert.equal((who.json as { user: { admin: boolean } }).user.admin, true);
  assert.equal(await again.stop(), 0);
});

test('after five wrong tries another setup code is shown where Valija was started', async (t) => {
  const dataDir = makeDir(t);
  const server = await startServer([...SERVE, '--data', dataDir], makeEnv());
  t.after(async () => await server.kill());
  const attempt = async (code: string, user: string): Promise<string | undefined> => {
    const args = ['register', '--setup-code', code];
    return (await runValija({ ready: server.ready, dataDir }, args, { user, password: 'a long enough one' }))
      .error?.code;
  };
  for (let tries = 0; tries < 5; tries++) assert.equal(await attempt('wrong', `guest${tries}`), 'invalid');
  const old = server.ready.setupCode ?? '';
  assert.equal(await attempt(old, 'late'), 'invalid');
  const shown = await server.waitForLog(/Setup code for the first administrator: ([\w-]{22})$/);
  assert.notEqual(shown, old);
  assert.equal(await attempt(shown, 'owner'), undefined);
});

test('bad settings name the setting and exit with 2; what the system refuses exits with 1', async (t) => {
  const dataDir = makeDir(t);
  const system = { ready: { profile: '' } as never, dataDir };
  const run = async (...args: string[]) => await runValija(system, [...SERVE, '--data', dataDir, ...args]);
  const bad: [string[], RegExp][] = [
    [['--mx-port', 'x'], /VALIJA_MX_PORT/],
    [['--database', 'oracle'], /VALIJA_DATABASE/],
    [['--public-url', 'nowhere'], /VALIJA_PUBLIC_URL/],
    [['--behind-proxy'], /VALIJA_PUBLIC_URL/],
    [['--host', '0.0.0.0'], /0\.0\.0\.0/],
    [['--allow-networks', 'all'], /VALIJA_ALLOW_NETWORKS/],
    [['--tls-cert', '/nonexistent', '--tls-key', '/nonexistent'], /VALIJA_TLS_CERT/],
    [['--tls-cert', '/nonexistent'], /VALIJA_TLS_KEY/],
    [['--tls-cert', join(ROOT, 'package.json'), '--tls-key', join(ROOT, 'package.json')], /VALIJA_TLS_CERT/],
  ];
  for (const [args, message] of bad) {
    const refused = await run(...args);
    assert.equal(refused.code, 2, `${args.join(' ')}: ${refused.stderr}`);
    assert.equal(refused.error?.code, 'usage');
    assert.match(refused.error?.message ?? '', message);
  }
  const unusable = await runValija(system, [...SERVE, '--data', '/dev/null/x']);
  assert.equal(unusable.code, 1);
  assert.match(unusable.error?.message ?? '', /\/dev\/null\/x/);
});

test('started by another Node, it runs on the pinned one and ends with its launcher, even by SIGKILL', async (t) => {
  const dataDir = makeDir(t);
  // The launcher takes the road of a foreign Node when its own binary is not the pinned one: a copy of it is not.
  const copy = join(dataDir, '..', 'node');
  const { copyFileSync } = await import('node:fs');
  copyFileSync(process.execPath, copy);
  const launcher = spawn(copy, [LAUNCHER, ...SERVE, '--data', dataDir, '--json'], {
    cwd: ROOT,
    env: makeEnv(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = new Promise<void>((resolve) => launcher.stdout.once('close', resolve));
  const line = await new Promise<string>((resolve) =>
    launcher.stdout.once('data', (chunk) => resolve(String(chunk))),
  );
  const ready = readyLine.parse(JSON.parse(line));
  assert.equal((await fetch(`${ready.profile}/health`)).status, 200);
  launcher.kill('SIGKILL');
  // stdout closes when the server behind the launcher, which inherited it, is gone too.
  await closed;
  await assert.rejects(fetch(`${ready.profile}/health`));
});

test('signals and exit codes pass through a foreign Node', async (t) => {
  const dataDir = makeDir(t);
  const copy = join(dataDir, '..', 'node');
  const { copyFileSync } = await import('node:fs');
  copyFileSync(process.execPath, copy);
  const run = async (
    args: string[],
    signal: NodeJS.Signals | null,
  ): Promise<[number | null, string | null]> => {
    const child = spawn(copy, [LAUNCHER, ...args], { env: makeEnv(), stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', () => signal !== null && child.kill(signal));
    return await new Promise((resolve) => child.once('exit', (code, by) => resolve([code, by])));
  };
  assert.deepEqual(await run([...SERVE, '--data', dataDir, '--json'], 'SIGTERM'), [0, null]);
  assert.deepEqual(await run([...SERVE, '--data', dataDir, '--json'], 'SIGINT'), [0, null]);
  assert.deepEqual(await run(['frob'], null), [2, null]);
  assert.deepEqual(await run(['search', 'x'], null), [1, null]);
  assert.deepEqual(await run(['--help'], null), [0, null]);
});
