import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { parseCards } from '../../common/vcard/parse-cards.ts';
import { runValija, startSystem, type CommandResult, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const temp = makeTempDir('contacts');
let system: System;
const run = async (...args: string[]): Promise<CommandResult> => await runValija(system, args, ANA);
/** The JSON of a command that succeeds. */
const done = async (...args: string[]): Promise<Record<string, unknown>> => {
  const result = await run(...args);
  assert.equal(result.code, 0, `${args.join(' ')}: ${result.stderr}`);
  return result.json as Record<string, unknown>;
};
const names = async (...args: string[]): Promise<unknown[]> =>
  ((await done('contact', 'list', ...args))['contacts'] as { name: string }[]).map(({ name }) => name);

before(async () => {
  system = await startSystem({ mode: 'start' });
  await run('register');
});
after(async () => {
  await system?.stop();
  temp.remove();
});

test('contacts are added, listed, changed and removed', async () => {
  const phones = ['--phone', '+34 600', '--phone', '+34 900'];
  const ana = await done(
    'contact',
    'add',
    '--name',
    'Ana Núñez',
    '--email',
    'ana@example.org',
    ...phones,
    '--group',
    'Work',
  );
  assert.deepEqual(Object.keys(ana), [
    'id',
    'name',
    'emails',
    'phones',
    'organisation',
    'title',
    'note',
    'groups',
  ]);
  assert.deepEqual(ana['emails'], [{ address: 'ana@example.org', kind: null }]);
  await done('contact', 'add', '--organisation', 'Acme');
  assert.deepEqual(await names(), ['', 'Ana Núñez']);
  assert.deepEqual(await names('NÚÑEZ'), ['Ana Núñez']);
  assert.deepEqual(await names('nobody'), []);
  const changed = await done('contact', 'edit', 'ana@example.org', '--note', 'x', '--phone', '1');
  assert.deepEqual(
    [changed['note'], changed['phones'], changed['name']],
    ['x', [{ number: '1', kind: null }], 'Ana Núñez'],
  );
  assert.deepEqual(await done('contact', 'remove', ana['id'] as string), { removed: [ana['id']] });
  for (const [args, code] of [
    [['contact', 'remove', 'nobody'], 'not-found'],
    [['contact', 'add', '--name', 'x', '--email', 'nobody'], 'invalid'],
    [['contact', 'add', '--note', 'x'], 'usage'],
    [['contact', 'import', '/nowhere/at/all'], 'usage'],
    [['contact', 'import', import.meta.filename], 'usage'],
  ] as const) {
    const { stderr } = await run(...args, '--json');
    assert.equal(
      (JSON.parse(stderr.trim().split('\n').at(-1) ?? '{}') as { error?: { code: string } }).error?.code,
      code,
    );
  }
});

test('contacts come from vCards and go out as such; importing again adds nobody', async () => {
  const file = join(temp.path, 'in.vcf');
  const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
  writeFileSync(
    file,
    card('FN:José', 'EMAIL:jose@example.org', 'BDAY:1980-01-02') +
      card('NOTE:nobody') +
      card('FN:Eva', 'TEL:1'),
  );
  const first = await done('contact', 'import', file);
  assert.deepEqual(first, { contacts: 2, unchanged: 0, unreadable: 1, skipped: [] });
  assert.deepEqual(await done('contact', 'import', file), { ...first, contacts: 0, unchanged: 2 });
  const out = join(temp.path, 'out.vcf');
  assert.deepEqual(await done('contact', 'export', '--out', out), { contacts: 3, file: out });
  const text = readFileSync(out, 'latin1');
  assert.match(text, /BDAY:1980-01-02/);
  assert.deepEqual(
    parseCards(text).contacts.map(({ name }) => name),
    ['Acme', 'Eva', 'José'],
  );
});

test('stats say what is stored', async () => {
  const stats = await done('stats');
  assert.deepEqual(Object.keys(stats), ['all', 'mailboxes', 'accounts', 'relay']);
  assert.equal((stats['all'] as { total: number }).total, 0);
  assert.equal((stats['mailboxes'] as unknown[]).length, 6);
  assert.match((await run('stats')).stdout, /\d/);
});
