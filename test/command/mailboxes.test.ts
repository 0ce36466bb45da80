import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { z } from 'zod';
import { makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';
import { runValija, type CommandOptions, type CommandResult } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import * as contract from './contract.ts';

const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const labels = z.strictObject({
  labels: z.array(
    z.strictObject({
      name: z.string(),
      colour: z.string().nullable(),
      total: z.number(),
      unread: z.number(),
    }),
  ),
});
const temp = makeTempDir('mailboxes');
const dataDir = join(temp.path, 'data');
let server: ServerProcess;

const run = async (args: string[], options?: CommandOptions): Promise<CommandResult> =>
  await runValija({ ready: server.ready, dataDir }, args, { ...ANA, ...options });

async function done<T extends z.ZodType>(shape: T, args: string[]): Promise<z.infer<T>> {
  const result = await run(args);
  assert.equal(result.code, 0, `${args.join(' ')}: ${result.stderr}`);
  return shape.parse(result.json);
}
const refused = async (...args: string[]): Promise<string> =>
  contract.errorLine.parse({ error: (await run(args)).error }).error.code;
const mailbox = contract.mailboxList.shape.mailboxes.element;
const paths = async (): Promise<string[]> =>
  (await done(contract.mailboxList, ['mailbox', 'list'])).mailboxes.map((one) => one.path);
const list = async (
  name: string,
): Promise<{ id: string; subject: string; flags: string[]; labels: string[] }[]> =>
  (await done(contract.mailList, ['list', '--mailbox', name])).mails;

before(async () => {
  server = await startServer(['start', '--port-base', '0', '--data', dataDir], makeEnv({}));
  await run(['register']);
  const mails = [1, 2, 3].map((number) =>
    [
      `From ana@x.test Thu Nov 19 10:00:0${number} 2026`,
      `From: ${number === 3 ? 'bea' : 'ana'}@x.test`,
      'To: me@x.test',
      `Subject: Plan ${number}`,
      `Date: Thu, 19 Nov 2026 10:00:0${number} +0000`,
      `Message-ID: <m${number}@x.test>`,
      '',
      `text ${number}`,
      '',
      '',
    ].join('\n'),
  );
  const file = join(temp.path, 'mails.mbox');
  writeFileSync(file, mails.join(''));
  const imported = await run(['import', file, '--mailbox', 'inbox']);
  assert.equal(imported.code, 0, imported.stderr);
});
after(async () => {
  await server.stop();
  temp.remove();
});

test('mailboxes are made with what leads to them, renamed, moved, and removed with their mail going to Trash', async () => {
  const made = await done(mailbox, ['mailbox', 'create', 'Work/2026/Bills']);
  assert.deepEqual([made.path, made.name, made.role, made.total], ['Work/2026/Bills', 'Bills', null, 0]);
  assert.equal(await refused('mailbox', 'create', 'work/2026/BILLS'), 'name-taken');
  assert.equal(await refused('mailbox', 'create', 'Work//x'), 'usage');
  const moved = await done(contract.changed, ['move', '--from', 'bea@x.test', '--to', 'Work/2026/Bills']);
  assert.equal(moved.changed, 1);
  const renamed = await done(mailbox, ['mailbox', 'rename', 'Work/2026/Bills', 'Money/Paid']);
  assert.deepEqual([renamed.path, renamed.id, renamed.total], ['Money/Paid', made.id, 1]);
  assert.equal(await refused('mailbox', 'rename', 'Work', 'Work/2026/Work'), 'invalid');
  assert.equal(await refused('mailbox', 'remove', 'Money'), 'forbidden');
  assert.equal(await refused('mailbox', 'remove', 'inbox'), 'forbidden');
  const removed = await done(z.strictObject({ removed: z.array(z.string()), changed: z.number() }), [
    'mailbox',
    'remove',
    'Money',
    '--with-children',
  ]);
  assert.deepEqual([removed.removed[0], removed.removed.length, removed.changed], [made.id, 2, 1]);
  assert.deepEqual(
    (await list('trash')).map((mail) => mail.subject),
    ['Plan 3'],
  );
  assert.ok(!(await paths()).some((path) => path.startsWith('Money')));
  assert.ok((await paths()).includes('Work/2026'));
});

test('mail is flagged and labelled by what it is, and that is undone', async () => {
  const flagged = await done(contract.changed, [
    'flag',
    '--in',
    'inbox',
    '--unread',
    '--add',
    'seen,flagged',
  ]);
  assert.equal(flagged.changed, 2);
  const undone = await done(z.strictObject({ changed: z.number(), skipped: z.number() }), [
    'undo',
    flagged.operation ?? '',
  ]);
  assert.deepEqual(undone, { changed: 2, skipped: 0 });
  assert.equal(await refused('undo', flagged.operation ?? ''), 'not-found');
  assert.equal(await refused('flag', '--add', 'seen'), 'usage');
  assert.equal(await refused('flag', 'm1', '--in', 'inbox', '--add', 'seen'), 'usage');
  assert.equal(await refused('label', 'm1'), 'usage');
  const [first] = await list('inbox');
  await done(contract.changed, ['label', first?.id ?? '', '--add', 'Señal', '--add', 'x']);
  assert.deepEqual((await list('inbox'))[0]?.labels, ['Señal', 'x']);
  const text = await run(['label', '--label', 'x', '--remove', 'x'], { text: true });
  assert.match(text.stdout, /^(Changed|Cambiados?): 1\n.*valija undo op_\w+\n$/);
});

test('labels are made known, renamed on all mail, and removed from it', async () => {
  await done(z.strictObject({ name: z.literal('Casa'), colour: z.literal('teal') }), [
    'label',
    'add',
    'Casa',
    '--colour',
    'teal',
  ]);
  assert.equal(await refused('label', 'add', 'CASA'), 'name-taken');
  assert.equal(await refused('label', 'add', 'y', '--colour', 'pink'), 'usage');
  const colour = async (name: string): Promise<unknown> =>
    (await done(labels, ['label', 'list'])).labels
      .filter((one) => one.name === name)
      .map((one) => [one.colour, one.total]);
  assert.deepEqual(await colour('Señal'), [[null, 1]]);
  assert.equal((await done(contract.changed, ['label', 'rename', 'señal', 'Aviso'])).changed, 1);
  assert.deepEqual((await list('inbox'))[0]?.labels, ['Aviso']);
  await done(contract.changed, ['label', 'rename', 'casa', 'Hogar']);
  assert.deepEqual(await colour('Hogar'), [['teal', 0]]);
  assert.equal((await done(contract.changed, ['label', 'remove', 'aviso'])).changed, 1);
  await done(contract.changed, ['label', 'remove', 'HOGAR']);
  assert.deepEqual((await done(labels, ['label', 'list'])).labels, []);
  assert.equal(await refused('label', 'remove', 'Hogar'), 'not-found');
});

test('Trash is emptied for ever, nothing else', async () => {
  assert.equal(await refused('mailbox', 'empty', 'inbox'), 'forbidden');
  const emptied = await done(z.strictObject({ changed: z.number() }), ['mailbox', 'empty', 'trash']);
  assert.equal(emptied.changed, 1);
  assert.deepEqual(await list('trash'), []);
});
