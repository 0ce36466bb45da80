import assert from 'node:assert/strict';
import test from 'node:test';
import { NOT_YET } from '../../command/table.ts';
import { runValija, type CommandOptions } from '../harness/system.ts';
import { errorLine } from './contract.ts';

// No server is there: these answers need none.
const nowhere = { ready: { profile: 'http://localhost:9' } as never, dataDir: '/nonexistent/data' };
const run = async (args: string[], options?: CommandOptions) => await runValija(nowhere, args, options);

test('wrong usage: exit 2, nothing on stdout, the help and at last the error on stderr', async () => {
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
  ]) {
    const refused = await run(args);
    assert.equal(refused.code, 2, `${args.join(' ')}: ${refused.stderr}`);
    assert.equal(refused.stdout, '');
    assert.equal(errorLine.parse({ error: refused.error }).error.code, 'usage');
  }
  const text = await run(['list', '--frob'], { text: true, env: { VALIJA_LANGUAGE: 'es' } });
  assert.match(text.stderr, /^Uso: valija list[\s\S]+--limit N[\s\S]+valija: --frob no es .* \(usage\)$/m);
});

test('commands of the contract that do not exist yet say so', async () => {
  for (const name of NOT_YET.filter((_, index) => index % 6 === 0)) {
    const refused = await run([...name.split(' '), 'whatever']);
    assert.deepEqual([refused.code, refused.error?.code, refused.stdout], [1, 'not-yet', ''], name);
  }
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
    ]) {
      const help = await run(args, { text: true, env: { VALIJA_LANGUAGE: language } });
      assert.equal(help.code, 0, args.join(' '));
      assert.match(help.stdout, new RegExp(`^${word}: valija`));
      assert.equal(help.stderr, '');
    }
  }
});

test('not signed in: exit 1, and how to sign in', async () => {
  const refused = await run(['list'], { text: true });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^valija: .* \(not-signed-in\)\n.*valija login/);
});
