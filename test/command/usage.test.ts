import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { ROOT } from '../harness/server-process.ts';
import { runValija, type CommandOptions } from '../harness/system.ts';
import { errorLine } from './contract.ts';

// No server is there: these answers need none.
const nowhere = { ready: { profile: 'http://localhost:9' } as never, dataDir: '/nonexistent/data' };
const run = async (args: string[], options?: CommandOptions) => await runValija(nowhere, args, options);

test('wrong usage: exit 2, nothing on stdout, the error at last on stderr', async () => {
  for (const args of [
    ['frob'],
    ['list', '--frob'],
    ['show'],
    ['move', 'id'],
    ['flag', 'id', '--add', 'red'],
    ['flag', 'id'],
    ['list', '--limit', '501'],
    ['account', 'add', '--email', 'a@b.c'],
    ['account'],
    ['send', '--raw', '--to', 'a@b.c'],
    ['send', '--to', 'a@b.c'],
    ['part', 'add', '--kind', 'web'],
    ['session', 'end'],
    ['route', 'explain', '--from', 'a@b.c', '--to', 'd@e.f', '--to', 'g@h.i'],
    ['account', 'edit', 'acc_1'],
    ['account', 'frob'],
  ]) {
    const refused = await run(args);
    assert.equal(refused.code, 2, `${args.join(' ')}: ${refused.stderr}`);
    assert.equal(refused.stdout, '');
    assert.equal(errorLine.parse({ error: refused.error }).error.code, 'usage');
  }
});

const say = async (language: string, ...args: string[]): Promise<string> =>
  (await run(args, { text: true, env: { VALIJA_LANGUAGE: language } })).stderr;

test('an option that is wrong shows how the command is put together, in one line; the error comes last', async () => {
  assert.match(
    await say('es', 'list', '--frob'),
    /^Uso: valija list \[OPCIONES\]\nvalija: --frob no es .* \(usage\)\n {2}Añade --help .*\n$/,
  );
  assert.match(
    await say('en', 'flag', 'id'),
    /^Usage: .*\nvalija: --add or --remove is needed\. \(usage\)\n$/,
  );
  assert.match(
    await say('en', 'session', 'end'),
    /^Usage: .*\nvalija: ID or --others is needed\. \(usage\)\n$/,
  );
  assert.match(await say('es', 'account', 'edit', 'acc_1'), /^Uso: .*\nvalija: No hay nada que cambiar.*\n$/);
});

test('a value that is wrong needs no help: the message alone', async () => {
  const add = ['account', 'add', '--email', 'a@b.c', '--pop3-host', 'h', '--pop3-password-file'];
  const send = ['send', '--from', 'a@b.c', '--to', 'd@e.f'];
  assert.equal(await say('en', ...add, '/no/such'), 'valija: The file /no/such does not exist. (usage)\n');
  assert.equal(await say('es', ...add, '/'), 'valija: / es una carpeta, no un archivo. (usage)\n');
  assert.equal(
    await say('es', ...send, '--html', '/no/such'),
    'valija: El archivo /no/such no existe. (usage)\n',
  );
  assert.equal(await say('en', ...send, '--attach', '/'), 'valija: / is a directory, not a file. (usage)\n');
  assert.match(
    await say('en', 'list', '--limit', '501'),
    /^valija: --limit cannot be “501”\. \(usage\)\n {2}Allowed: 1–500\.\n$/,
  );
});

test('a group alone lists its commands and says what is missing', async () => {
  const account = await say('en', 'account');
  assert.match(account, /^Usage: valija account COMMAND\n[\s\S]+ {2}account remove /);
  assert.match(
    account,
    /\nvalija: After “account” one of its commands is missing: add, list, .* \(usage\)\n$/,
  );
  assert.match(
    await say('es', 'part'),
    /\nvalija: Después de «part» falta .*: add, edit, shut-out, list\. \(usage\)\n$/,
  );
  assert.match(
    await say('en', 'account', 'frob'),
    /\nvalija: There is no command “account frob”\. \(usage\)\n/,
  );
  assert.match(await say('en', 'user'), /\nvalija: After “user” .*: list, show, add, .*\. \(usage\)\n$/);
});

test('--help is on stdout, exits with 0 and needs no server, in both languages', async () => {
  for (const [language, word] of [
    ['en', 'Usage'],
    ['es', 'Uso'],
  ] as const) {
    for (const args of [
      [],
      ['--help'],
      ['help'],
      ['send', '--help'],
      ['account', '--help'],
      ['start', '--help'],
      ['-h'],
      ['help', 'send'],
      ['help', 'account', 'add'],
      ['help', 'account'],
      ['help', 'start'],
      ['help', 'serve'],
    ]) {
      const help = await run(args, { text: true, env: { VALIJA_LANGUAGE: language } });
      assert.equal(help.code, 0, args.join(' '));
      assert.match(help.stdout, new RegExp(`^${word}: valija`));
      assert.equal(help.stderr, '');
    }
  }
});

test('the overview says what a newcomer needs: how programs ask, where the server is, how to sign in and register', async () => {
  for (const language of ['en', 'es']) {
    const { stdout } = await run(['--help'], { text: true, env: { VALIJA_LANGUAGE: language } });
    for (const named of [
      '--json',
      '--version',
      'VALIJA_SERVER',
      'VALIJA_USER',
      'VALIJA_PASSWORD',
      '--setup-code',
      '--invite',
      'valija help register',
    ]) {
      assert.ok(stdout.includes(named), `${named} ${language}`);
    }
  }
  const register = await run(['help', 'register'], { text: true });
  assert.match(register.stdout, /^Usage: valija register [\s\S]+--setup-code CODE[\s\S]+--invite CODE/);
});

test('help for what is no command is wrong usage', async () => {
  for (const args of [
    ['help', 'frob'],
    ['frob', '--help'],
  ]) {
    const refused = await run(args);
    assert.deepEqual([refused.code, refused.error?.code, refused.stdout], [2, 'usage', ''], args.join(' '));
  }
});

test('--version', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  assert.equal((await run(['--version'], { text: true })).stdout, `valija ${version}\n`);
  assert.deepEqual((await run(['--version'])).json, { version });
});

test('not signed in: exit 1, and how to sign in', async () => {
  const refused = await run(['list'], { text: true });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^valija: .* \(not-signed-in\)\n.*valija login/);
});
