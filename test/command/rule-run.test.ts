import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { z } from 'zod';
import { registerWithAccount } from '../harness/add-account.ts';
import { missingComponent } from '../harness/component.ts';
import { type Dovecot, startDovecot } from '../harness/dovecot.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { message } from '../storage-server/filing/rule-world.ts';

const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const problems = z.strictObject({
  problems: z.array(
    z.strictObject({
      rule: z.string().nullable(),
      name: z.string().nullable(),
      code: z.string(),
      message: z.string(),
      action: z.string().nullable(),
      count: z.number(),
      at: z.iso.datetime(),
      mail: z.string().nullable(),
    }),
  ),
});

suite('rules over mail that is here', { skip: missingComponent('dovecot') }, () => {
  let dovecot: Dovecot;
  let system: System;
  const run = async (...args: string[]): Promise<unknown> => {
    const result = await runValija(system, args, ANA);
    assert.equal(result.code, 0, `${args.join(' ')}: ${result.stderr}`);
    return result.json;
  };
  before(async () => {
    dovecot = await startDovecot({ users: { ana: 'secret' } });
    dovecot.deliver('ana', [Buffer.from(message('a bill')), Buffer.from(message('a letter'))]);
    system = await startSystem({ mode: 'start' });
    const maildrop = { port: dovecot.port, name: 'ana', password: 'secret' };
    await registerWithAccount(system, ANA, maildrop);
    await run('check');
  });
  after(async () => {
    await system?.stop();
    await dovecot?.stop();
  });

  test('rule run files and labels, once; rule problems says what could not be done', async () => {
    const bill = ['--if', 'subject contains bill'];
    await run('rule', 'add', '--name', 'Bills', ...bill, '--do', 'file archive', '--do', 'label to pay');
    // Fits the bill too, which is filed all the same.
    const both = ['--if', 'subject contains letter', ...bill, '--any'];
    await run('rule', 'add', '--name', 'Gone', ...both, '--do', 'file Vanished');
    assert.deepEqual(await run('rule', 'run', '--query', 'subject:letter', '--rule', 'Bills'), {
      changed: 0,
      operation: null,
    });
    const { changed, operation } = (await run('rule', 'run')) as { changed: number; operation: string };
    assert.equal(changed, 1);
    const { mails } = (await run('list', '--mailbox', 'archive')) as {
      mails: { subject: string; labels: string[] }[];
    };
    assert.deepEqual(
      mails.map(({ subject, labels }) => [subject, labels]),
      [['a bill', ['to pay']]],
    );
    const [told, ...more] = problems.parse(await run('rule', 'problems', '--dismiss')).problems;
    assert.deepEqual(more, []);
    assert.deepEqual([told?.code, told?.count], ['rule-mailbox-gone', 1]);
    assert.match(told?.message ?? '', /Vanished/);
    await run('undo', operation);
    const after = (await run('list', '--mailbox', 'archive')) as { total: number };
    assert.equal(after.total, 0);
  });
});
