import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { initTRPC } from '@trpc/server';
import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { TOTP } from 'otpauth';
import { makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';
import { runValija, type CommandOptions } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { errorLine } from './contract.ts';
import { register } from './contract-users.ts';

// The commands that need nobody but the profile-server, each as the process that a user starts.
const temp = makeTempDir('session');
const dataDir = join(temp.path, 'data');
let server: ServerProcess;
const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const ADMIN = { user: 'admin', password: 'the first administrator 1' };

const run = async (args: string[], options?: CommandOptions) =>
  await runValija({ ready: server.ready, dataDir }, args, options);
const inOwnState = (name: string): Record<string, string> => ({ XDG_STATE_HOME: join(temp.path, name) });
const sessionFile = (name: string): string => join(temp.path, name, 'valija', 'session.json');

before(async () => {
  server = await startServer(['serve', 'profile-server', '--port-base', '0', '--data', dataDir], makeEnv());
});
after(async () => {
  await server.stop();
  temp.remove();
});

test('register: the setup code makes an administrator, others are users; a taken name is refused', async () => {
  const admin = await run(['register', '--setup-code', server.ready.setupCode ?? ''], ADMIN);
  assert.equal(admin.code, 0, admin.stderr);
  assert.equal(register.parse(admin.json).user.admin, true);
  const ana = await run(['register'], { ...ANA, env: { VALIJA_LANGUAGE: 'es' } });
  assert.deepEqual({ ...register.parse(ana.json).user, id: '' }, { id: '', name: 'ana', admin: false });
  const again = await run(['register'], ANA);
  assert.equal(again.code, 1);
  assert.equal(again.stdout, '');
  assert.equal(errorLine.parse({ error: again.error }).error.code, 'name-taken');
});

test('with name and password in the environment each command signs in and out by itself', async () => {
  const who = await run(['whoami'], ANA);
  assert.equal((who.json as { user: { name: string } }).user.name, 'ana');
  const sessions = await run(['session', 'list'], ANA);
  assert.equal((sessions.json as { sessions: unknown[] }).sessions.length, 1, 'only its own session lives');
  const wrong = await run(['whoami'], { ...ANA, password: 'not hers' });
  assert.deepEqual([wrong.code, wrong.error?.code, wrong.stdout], [1, 'sign-in-failed', '']);
  assert.ok(!existsSync(join(dirname(dataDir), 'state')), 'nothing is kept');
});

test('login keeps a session for its owner alone; logout ends it on the server and here', async () => {
  const env = inOwnState('login');
  assert.equal((await run(['login'], { ...ANA, env })).code, 0);
  const file = sessionFile('login');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!readFileSync(file, 'utf8').includes(ANA.password));
  assert.equal((await run(['whoami'], { env })).code, 0);
  const kept = readFileSync(file, 'utf8');
  assert.equal((await run(['logout'], { env })).code, 0);
  assert.ok(!existsSync(file));
  assert.equal((await run(['whoami'], { env })).error?.code, 'not-signed-in');
  writeFileSync(file, kept);
  assert.equal(
    (await run(['whoami'], { env })).error?.code,
    'not-signed-in',
    'the session is over on the server too',
  );
  assert.ok(!existsSync(file), 'a session that ended is forgotten');
  assert.equal((await run(['logout'], { env })).code, 0, 'logging out twice is no error');
});

test('login again ends the session before it, also one whose access token has run out', async () => {
  const env = inOwnState('twice');
  const count = async (): Promise<number> =>
    ((await run(['session', 'list'], { env })).json as { sessions: unknown[] }).sessions.length;
  for (let times = 0; times < 2; times++) await run(['login'], { ...ANA, env });
  assert.equal(await count(), 1);
  const kept = JSON.parse(readFileSync(sessionFile('twice'), 'utf8')) as { tokens: Record<string, string> };
  kept.tokens['profile'] = 'run.out.long.ago';
  writeFileSync(sessionFile('twice'), JSON.stringify(kept));
  await run(['login'], { ...ANA, env });
  assert.equal(await count(), 1);
  await run(['logout'], { env });
});

test('commands at the same time rotate the refresh token once, and none is signed out', async () => {
  const env = inOwnState('rotate');
  await run(['login'], { ...ANA, env });
  const file = sessionFile('rotate');
  const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  writeFileSync(file, JSON.stringify({ ...before, tokensExpireAt: new Date(0).toISOString() }));
  const results = await Promise.all([1, 2, 3, 4].map(async () => await run(['whoami'], { env })));
  for (const result of results) assert.equal(result.code, 0, result.stderr);
  const rotated = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  assert.notEqual(rotated['refreshToken'], before['refreshToken']);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal((await run(['logout'], { env })).code, 0);
});

test('an access token that the server refuses is renewed on the way', async () => {
  const env = inOwnState('refused');
  await run(['login'], { ...ANA, env });
  const file = sessionFile('refused');
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { tokens: Record<string, string> };
  kept.tokens['profile'] = 'not.a.token';
  writeFileSync(file, JSON.stringify(kept));
  const who = await run(['whoami'], { env });
  assert.equal(who.code, 0, who.stderr);
  await run(['logout'], { env });
});

test('sessions are listed and ended from elsewhere', async () => {
  const env = inOwnState('elsewhere');
  await run(['login'], { ...ANA, env });
  const ended = await run(['session', 'end', '--others'], ANA);
  assert.deepEqual(ended.json, { ended: 1 });
  const refused = await run(['whoami'], { env });
  assert.deepEqual([refused.code, refused.error?.code], [1, 'not-signed-in']);
});

test('a kept session is never shown to another server', async () => {
  const env = inOwnState('other');
  await run(['login'], { ...ANA, env });
  const refused = await run(['whoami'], { env: { ...env, VALIJA_SERVER: 'http://localhost:9' } });
  assert.equal(refused.error?.code, 'not-signed-in');
  assert.match(refused.error?.message ?? '', /signed in at|Tu sesión es de/);
  await run(['logout'], { env });
});

test('what does not exist is named', async () => {
  const refused = await run(['session', 'end', '7'], ANA);
  assert.deepEqual([refused.code, refused.error?.code], [1, 'not-found']);
  assert.match(refused.error?.message ?? '', /sesión «7»/);
  for (const args of [
    ['account', 'show', 'acc_none'],
    ['account', 'edit', 'acc_none', '--name', 'x'],
    ['account', 'remove', 'no@where.test'],
  ]) {
    const none = await run(args, ANA);
    assert.deepEqual([none.code, none.error?.code], [1, 'not-found']);
    assert.match(none.error?.message ?? '', /cuenta «(acc_none|no@where\.test)»/, args.join(' '));
  }
});

test('what only administrators may do', async () => {
  const refused = await run(['part', 'add', '--kind', 'smtp-relay'], ANA);
  assert.deepEqual([refused.code, refused.error?.code], [1, 'forbidden']);
  const code = await run(['part', 'add', '--kind', 'smtp-relay'], ADMIN);
  assert.match((code.json as { code: string }).code, /^[\w-]{16,}$/);
  assert.deepEqual((await run(['part', 'list'], ADMIN)).json, { parts: [] });
});

test('the language: the variable, else the user’s own, else the system’s', async () => {
  const messages = async (env: Record<string, string>, user: typeof ANA): Promise<string> =>
    (await run(['account', 'show', 'acc_none'], { ...user, env, text: true })).stderr;
  assert.match(await messages({}, ANA), /No existe/);
  assert.match(await messages({ VALIJA_LANGUAGE: 'en' }, ANA), /does not exist/);
  assert.match(await messages({ LANG: 'es_ES.UTF-8' }, ADMIN), /does not exist/);
});

test('without a terminal nothing is asked: usage', async () => {
  const refused = await run(['login'], { env: inOwnState('terminal') });
  assert.deepEqual([refused.code, refused.error?.code], [2, 'usage']);
});

test('a server that does not answer, and one that is not Valija', async () => {
  const gone = await run(['whoami'], { ...ANA, env: { VALIJA_SERVER: 'http://localhost:9' } });
  assert.deepEqual([gone.code, gone.error?.code], [1, 'unavailable']);
  const wrong = await run(['whoami'], { ...ANA, env: { VALIJA_SERVER: 'localhost' } });
  assert.deepEqual([wrong.code, wrong.error?.code], [2, 'usage']);
  // Of another kind, and one of the same that does not know how people sign in, as the other parts.
  const page = createServer((_, response) => response.writeHead(404).end('<h1>Not found</h1>'));
  const other = createHTTPServer({ router: initTRPC.create().router({}) });
  for (const [strange, words] of [
    [page, /is not Valija/],
    [other, /is not a profile-server/],
  ] as const) {
    strange.listen(0, '127.0.0.1');
    await once(strange, 'listening');
    const { port } = strange.address() as AddressInfo;
    const said = await run(['whoami'], { ...ANA, env: { VALIJA_SERVER: `http://127.0.0.1:${port}` } });
    strange.close();
    assert.deepEqual([said.code, said.error?.code], [1, 'protocol']);
    assert.match(said.error?.message ?? '', words);
    assert.match(said.error?.action ?? '', /VALIJA_SERVER/);
  }
});

test('a second factor is set up, asked for by each sign-in, and given in the environment', async () => {
  const [PACO, next] = [{ user: 'paco', password: 'una frase de Paco 1' }, 'otra frase larga de Paco'];
  await run(['register'], PACO);
  const begun = (await run(['totp', 'add', '--begin'], PACO)).json as { ticket: string; secret: string };
  const code = (steps: number): string =>
    new TOTP({ secret: begun.secret }).generate({ timestamp: Date.now() + steps * 30_000 });
  const added = await run(['totp', 'add', '--ticket', begun.ticket, '--code', code(0)], PACO);
  assert.equal(added.code, 0, added.stderr);
  const { recovery } = added.json as { recovery: string[] };
  assert.equal(recovery.length, 10);
  const asked = await run(['whoami'], PACO);
  assert.deepEqual([asked.code, asked.error?.code], [1, 'not-signed-in']);
  assert.match(asked.error?.action ?? '', /VALIJA_TOTP/);
  const wrong = await run(['whoami'], { ...PACO, env: { VALIJA_TOTP: '000000' } });
  assert.equal(wrong.error?.code, 'sign-in-failed');
  const env = { ...inOwnState('paco'), VALIJA_TOTP: code(1) };
  assert.equal((await run(['login'], { ...PACO, env })).code, 0, 'by code');
  const byRecovery = { ...PACO, env: { VALIJA_RECOVERY: recovery[0] ?? '', VALIJA_PASSWORD_NEW: next } };
  const changed = await run(['password', 'change', '--end-others'], byRecovery);
  assert.deepEqual(changed.json, { ended: 1, appPasswords: 0 });
  const again = { ...PACO, password: next, env: { VALIJA_RECOVERY: recovery[1] ?? '' } };
  assert.equal((await run(['totp', 'remove'], again)).code, 0);
  const factors = await run(['factor', 'list'], { ...PACO, password: next });
  assert.deepEqual((factors.json as { totp: null; recoveryLeft: number }).totp, null);
  const notes = (await run(['session', 'notes'], { ...PACO, password: next })).json as {
    notes: { what: string }[];
  };
  assert.ok(notes.notes.some(({ what }) => what === 'recovery-used'));
});
