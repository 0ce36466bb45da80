import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { z } from 'zod';
import { ruleForm } from '../../common/shapes/rule.ts';
import { makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';
import { runValija, type CommandOptions, type CommandResult } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const rule = z.strictObject({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  position: z.number(),
  form: ruleForm.nullable(),
  script: z.string(),
});
const list = z.strictObject({ rules: z.array(rule) });
const imported = z.strictObject({
  rules: z.array(rule),
  unchanged: z.number(),
  skipped: z.array(z.strictObject({ name: z.string(), code: z.string(), message: z.string() })),
});
const exported = z.strictObject({ rules: z.number(), file: z.string().nullable(), script: z.string() });
const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const temp = makeTempDir('rules');
const dataDir = join(temp.path, 'data');
let server: ServerProcess;

const run = async (args: string[], options?: CommandOptions): Promise<CommandResult> =>
  await runValija({ ready: server.ready, dataDir }, args, { ...ANA, ...options });

async function done<T extends z.ZodType>(shape: T, args: string[]): Promise<z.infer<T>> {
  const result = await run(args);
  assert.equal(result.code, 0, `${args.join(' ')}: ${result.stderr}`);
  return shape.parse(result.json);
}

before(async () => {
  server = await startServer(['serve', 'profile-server', '--port-base', '0', '--data', dataDir], makeEnv({}));
  await run(['register']);
});
after(async () => {
  await server.stop();
  temp.remove();
});

test('a rule that files where no mailbox is says so, in both languages', async () => {
  const add = async (mailbox: string, env: Record<string, string> = {}): Promise<string> => {
    const args = ['rule', 'add', '--name', 'Money', '--disabled', '--if', 'from contains x', '--do'];
    const { code, stdout, stderr } = await run([...args, `file ${mailbox}`], { text: true, env });
    assert.equal(code, 0, stderr);
    const [, id = ''] = /\((rul_\w+)\)/.exec(stdout) ?? [];
    await run(['rule', 'remove', id]);
    return stdout;
  };
  assert.match(
    await add('Money/Bank'),
    /no mailbox “Money\/Bank” yet[^]*valija mailbox create "Money\/Bank"/,
  );
  assert.match(await add('Money', { VALIJA_LANGUAGE: 'es' }), /Todavía no existe la carpeta «Money»/);
  assert.equal((await add('junk')).trim().split('\n').length, 1);
});

test('rules are made of conditions and actions, listed in their order, changed, switched off and removed', async () => {
  const bills = await done(rule, [
    'rule',
    'add',
    '--name',
    'Bills',
    '--if',
    'subject contains invoice',
    '--if',
    'not attachment',
    '--any',
    '--do',
    'file Bills',
    '--do',
    'label to pay',
  ]);
  assert.equal(bills.form?.all, false);
  assert.match(bills.script, /anyof \(\n {2}header :contains "subject" "invoice"/);
  const first = await done(rule, [
    'rule',
    'add',
    '--name',
    'First',
    '--do',
    'flag',
    '--position',
    '1',
    '--disabled',
  ]);
  assert.ok(first.position < bills.position && !first.enabled);
  assert.deepEqual((await done(list, ['rule', 'list'])).rules, [first, bills]);
  const listed = await run(['rule', 'list'], { text: true });
  assert.match(listed.stdout, /Bills +subject contains invoice or not attachment → label to pay, file Bills/);
  const edited = await done(rule, ['rule', 'edit', 'Bills', '--name', 'All bills', '--position', '1']);
  assert.deepEqual({ ...bills, name: 'All bills', position: edited.position }, edited);
  assert.equal((await done(rule, ['rule', 'enable', first.id])).enabled, true);
  assert.equal((await done(rule, ['rule', 'disable', 'First'])).enabled, false);
  assert.deepEqual(
    (await done(list, ['rule', 'list'])).rules.map(({ name }) => name),
    ['All bills', 'First'],
  );
  assert.deepEqual((await run(['rule', 'remove', first.id])).json, { removed: first.id });
  assert.equal((await run(['rule', 'remove', first.id])).error?.code, 'not-found');
});

test('a script of Sieve is a rule; one with a mistake is refused with its line', async () => {
  const file = join(temp.path, 'own.sieve');
  writeFileSync(file, 'require "fileinto";\nif size :over 1M { fileinto "Big"; }\nelse { keep; }\n');
  const made = await done(rule, ['rule', 'add', '--name', 'Own', '--script', file]);
  assert.equal(made.form, null);
  writeFileSync(file, 'require "fileinto";\n\nfileinto;\n');
  const refused = await run(['rule', 'edit', 'Own', '--script', file]);
  assert.deepEqual([refused.code, refused.error?.code, refused.error?.field], [1, 'invalid', 'script']);
  assert.match(refused.error?.message ?? '', /3/);
});

test('what is typed wrong is usage', async () => {
  const wrong = [
    ['rule', 'add', '--name', 'x'],
    ['rule', 'add', '--name', 'x', '--if', 'subject contains y'],
    ['rule', 'add', '--name', 'x', '--if', 'nonsense', '--do', 'flag'],
    ['rule', 'add', '--name', 'x', '--do', 'flag', '--script', 'f'],
    ['rule', 'add', '--name', 'x', '--script', join(temp.path, 'none')],
    ['rule', 'edit', 'Own'],
  ];
  for (const args of wrong) assert.equal((await run(args)).code, 2, args.join(' '));
});

test('exported rules can be imported, here nothing twice; foreign files as far as possible', async () => {
  const file = join(temp.path, 'all.sieve');
  const out = await done(exported, ['rule', 'export', '--out', file]);
  assert.equal(readFileSync(file, 'utf8'), out.script);
  assert.match(out.script, /^# rule:\[All bills\]$/m);
  assert.deepEqual(await done(imported, ['rule', 'import', file]), { rules: [], unchanged: 2, skipped: [] });
  const foreign = join(temp.path, 'foreign.sieve');
  writeFileSync(
    foreign,
    'require ["fileinto","reject"];\n# rule:[New]\nif header :is "x" "y" { fileinto "z"; }\n# rule:[No]\nreject "x";\n',
  );
  const result = await done(imported, ['rule', 'import', foreign]);
  assert.deepEqual(
    result.rules.map(({ name }) => name),
    ['New'],
  );
  assert.deepEqual(
    result.skipped.map(({ name, code }) => [name, code]),
    [['No', 'sieve-no-reject']],
  );
  writeFileSync(foreign, 'if {');
  assert.equal((await run(['rule', 'import', foreign])).error?.code, 'invalid');
});
