import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { z } from 'zod';
import { makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';
import { runValija, type CommandOptions, type CommandResult } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { register } from './contract-users.ts';

// How somebody gets in where registering needs an invitation, as an administrator and the invited person do it.
const shape = z.strictObject({ code: z.string().regex(/^[\w-]{22,}$/), expiresAt: z.iso.datetime() });
const ADMIN = { user: 'admin', password: 'the first administrator 1' };
const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const EVA = { user: 'eva', password: 'Evas langes Passwort' };
const temp = makeTempDir('invite');
const dataDir = join(temp.path, 'data');
let server: ServerProcess;

const run = async (args: string[], options?: CommandOptions): Promise<CommandResult> =>
  await runValija({ ready: server.ready, dataDir }, args, options);

async function startWith(registration: string): Promise<void> {
  const args = ['serve', 'profile-server', '--port-base', '0', '--data', dataDir];
  server = await startServer(args, makeEnv({ VALIJA_REGISTRATION: registration }));
}

before(async () => await startWith('invite'));
after(async () => {
  await server.stop();
  temp.remove();
});

test('the administrator of the setup code needs no invitation, everybody else does', async () => {
  const admin = await run(['register', '--setup-code', server.ready.setupCode ?? ''], ADMIN);
  assert.equal(register.parse(admin.json).user.admin, true);
  const refused = await run(['register'], ANA);
  assert.deepEqual([refused.code, refused.error?.code, refused.error?.field], [1, 'forbidden', 'invite']);
  assert.match(refused.error?.message ?? '', /invit/i);
});

test('an invitation lets one person in; a second use, and what is no invitation, is refused', async () => {
  const made = await run(['invite'], ADMIN);
  assert.equal(made.stderr, '');
  const { code, expiresAt } = shape.parse(made.json);
  assert.ok(Date.parse(expiresAt) > Date.now());
  const ana = await run(['register', '--invite', code], ANA);
  assert.equal(register.parse(ana.json).user.name, 'ana');
  const again = await run(['register', '--invite', code], EVA);
  assert.deepEqual([again.code, again.error?.code, again.error?.field], [1, 'invalid', 'invite']);
  assert.equal((await run(['register', '--invite', 'x'], EVA)).error?.code, 'invalid');
  assert.equal((await run(['whoami'], EVA)).error?.code, 'sign-in-failed', 'no user was left behind');
});

test('only administrators invite', async () => {
  const refused = await run(['invite'], ANA);
  assert.deepEqual([refused.code, refused.error?.code, refused.stdout], [1, 'forbidden', '']);
});

test('for people it says how to use it, in their language', async () => {
  const made = await run(['invite'], { ...ADMIN, text: true, env: { VALIJA_LANGUAGE: 'es' } });
  assert.match(made.stdout, /^Invitación: (\S+) \(hasta .*\)\n.* valija register --invite \1$/m);
});

test('where registering is open or closed it says that the invitation changes nothing', async () => {
  for (const [registration, said] of [
    ['open', /nobody needs/],
    ['closed', /VALIJA_REGISTRATION=invite/],
  ] as const) {
    await server.stop();
    await startWith(registration);
    const made = await run(['invite'], ADMIN);
    shape.parse(made.json);
    assert.match(made.stderr, said);
  }
});

test('who registers where a second factor is demanded is told that it worked, and sets it up at the first sign-in', async () => {
  await server.stop();
  await startWith('open');
  const set = await run(['policy', 'set', 'second-factor=required'], ADMIN);
  assert.equal(set.stderr, '');
  const eva = await run(['register'], EVA);
  assert.deepEqual([eva.code, register.parse(eva.json).user.name], [0, 'eva']);
  assert.equal((await run(['whoami'], EVA)).error?.code, 'not-signed-in');
});
