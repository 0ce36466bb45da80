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

test('groups, templates and identities are made, shown, changed and removed, and a change is undone', async () => {
  await done('contact', 'add', '--name', 'Bea', '--email', 'bea@example.org');
  const members = ['--member', 'bea@example.org', '--member', 'x@other.example'];
  const group = await done('contact-group', 'add', 'Lab', ...members);
  assert.deepEqual(group['people'], [
    { name: 'Bea', address: 'bea@example.org' },
    { name: null, address: 'x@other.example' },
  ]);
  const file = join(temp.path, 'groups.vcf');
  await done('contact', 'export', '--out', file);
  assert.deepEqual(
    parseCards(readFileSync(file, 'latin1')).groups.map(({ name, members: all }) => [name, all.length]),
    [['Lab', 2]],
  );
  assert.equal((await run('contact-group', 'add', 'LAB')).code, 1);
  writeFileSync(join(temp.path, 'text'), 'Hi {{name}}');
  const text = ['--text', join(temp.path, 'text')];
  const template = await done('template', 'add', 'Thanks', '--subject', 'S', ...text);
  assert.deepEqual([template['text'], template['html']], ['Hi {{name}}', null]);
  assert.equal((await done('template', 'edit', 'thanks', '--subject', 'T'))['text'], 'Hi {{name}}');
  const { entries } = (await done('profile', 'history', '--limit', '1')) as {
    entries: { revision: number; fields: unknown }[];
  };
  assert.deepEqual(entries[0]?.fields, [{ field: 'subject', before: 'S', after: 'T' }]);
  const shown = await runValija(system, ['profile', 'history'], { ...ANA, text: true });
  // Each command's session has ended with it.
  assert.match(shown.stdout, /changed +template: Thanks +another PC/);
  assert.match(shown.stdout, /added +mailbox: Trash +when you registered/);
  await done('profile', 'undo', `${entries[0]?.revision}`);
  assert.equal((await done('template', 'show', 'Thanks'))['subject'], 'S');
  const account = ['--pop3-host', '127.0.0.1', '--pop3-port', '1', '--pop3-tls', 'none', '--pop3-user', 'a'];
  const added = await done(
    'account',
    'add',
    '--email',
    'a@b.example',
    '--no-test',
    '--pop3-password-file',
    join(temp.path, 'text'),
    ...account,
  );
  const signed = ['--signature', join(temp.path, 'text'), '--name', 'Work', '--default'];
  const identity = await done('identity', 'add', 'w@b.example', '--account', 'a@b.example', ...signed);
  assert.deepEqual(
    [identity['account'], identity['signature']],
    [added['id'], { text: 'Hi {{name}}', html: null }],
  );
  const listed = (await done('identity', 'list')) as { identities: unknown[]; default: unknown };
  assert.deepEqual([listed.identities.length, listed.default], [2, identity['id']]);
  assert.equal((await done('identity', 'edit', 'w@b.example', '--signature', ''))['signature'], null);
  await done('identity', 'remove', 'w@b.example');
  await done('template', 'remove', 'Thanks');
  await done('contact-group', 'remove', 'Lab');
  assert.deepEqual((await done('contact-group', 'list'))['groups'], []);
});
