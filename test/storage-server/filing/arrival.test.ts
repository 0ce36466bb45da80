import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import PostalMime from 'postal-mime';
import { DAY } from '../../../common/time.ts';
import { missingComponent } from '../../harness/component.ts';
import { type RuleWorld, formScript, hasSubject, message, startRuleWorld } from './rule-world.ts';

const PDF =
  '--b\r\nContent-Type: text/plain\r\n\r\nSee it.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--';
const MIXED = 'Content-Type: multipart/mixed; boundary=b';

suite('rules at arrival', { skip: missingComponent('dovecot') || missingComponent('smtp-sink') }, () => {
  let world: RuleWorld;
  before(async () => {
    world = await startRuleWorld();
    const profile = await world.real.world.asUser();
    const value = { name: 'Projects', role: null, parent: null, position: 9 };
    await profile.profile.change.mutate({ part: 'mailboxes', id: null, base: null, value });
    const rules: [string, ReturnType<typeof formScript>][] = [
      [
        'body',
        formScript(
          [{ test: 'body', match: 'contains', not: false, value: 'contraseña' }],
          [{ action: 'flag' }],
        ),
      ],
      [
        'attachment',
        formScript([{ test: 'attachment', not: false }], [{ action: 'label', label: 'Con anexo' }]),
      ],
      [
        'account',
        formScript(
          [{ test: 'account', not: false, account: world.account }, hasSubject('mine')],
          [{ action: 'label', label: 'Ana' }],
        ),
      ],
      [
        'file',
        formScript(
          [hasSubject('project')],
          [{ action: 'file', mailbox: 'Projects' }, { action: 'mark-read' }, { action: 'stop' }],
        ),
      ],
      [
        'forward',
        formScript([hasSubject('pass on')], [{ action: 'forward', address: 'carl@far.test', keep: true }]),
      ],
      [
        'send away',
        formScript([hasSubject('send away')], [{ action: 'forward', address: 'dora@far.test', keep: false }]),
      ],
      ['junk', formScript([hasSubject('unwanted')], [{ action: 'discard' }])],
      ['gone', formScript([hasSubject('nowhere')], [{ action: 'file', mailbox: 'Vanished' }])],
      ['never after stop', formScript([hasSubject('project')], [{ action: 'discard' }])],
    ];
    // What is here before the first check comes in a first import.
    for (const [name, script] of rules) await world.addRule({ name, script });
    await world.addRule({
      name: 'away',
      script:
        'require ["vacation", "vacation-seconds"];\nif header :contains "subject" "question" { vacation :seconds 3 :subject "Estoy de vacaciones" "Vuelvo el día 3."; }',
    });
    await world.collect(
      message('old project'),
      message('old pass on'),
      message('old send away'),
      message('old question'),
    );
  });
  after(async () => await world?.stop());

  test('a first import is filed, but nothing of it is forwarded or answered', async () => {
    assert.ok(await world.find('Projects', 'old project'));
    for (const subject of ['old pass on', 'old send away', 'old question']) {
      assert.ok(await world.find('inbox', subject), subject);
    }
    // What leaves in order: were they on their way, they would be there before this one.
    await world.collect(message('pass on'));
    assert.equal((await world.untilSent('carl@far.test', 1)).length, 1);
    assert.deepEqual([world.sentTo('dora@far.test'), world.sentTo('bob@far.test')], [[], []]);
  });

  test('files and marks read at once, stops, labels, flags, discards to Trash', async () => {
    await world.collect(
      message('project one'),
      message('mine'),
      message('unwanted'),
      message('with file', { fields: [MIXED], body: PDF }),
      message('hidden', {
        fields: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
        body: Buffer.from('La contraseña es 7').toString('base64'),
      }),
    );
    assert.deepEqual((await world.find('Projects', 'project one'))?.flags, ['seen']);
    assert.deepEqual((await world.find('inbox', 'mine'))?.labels, ['Ana']);
    assert.ok(await world.find('trash', 'unwanted'));
    assert.deepEqual((await world.find('inbox', 'with file'))?.labels, ['Con anexo']);
    assert.deepEqual((await world.find('inbox', 'hidden'))?.flags, ['flagged']);
    const inbox = (await world.list('inbox')).map(({ subject }) => subject);
    assert.ok(!inbox.includes('project one') && !inbox.includes('unwanted'));
  });

  test('a vanished mailbox: the mail is in the Inbox, and the user is told until it is there again', async () => {
    await world.collect(message('nowhere 1'), message('nowhere 2'));
    assert.ok(await world.find('inbox', 'nowhere 1'));
    const { problems } = await world.real.alice.rules.problems.query();
    assert.deepEqual(
      problems.map(({ error, count }) => [error.reason, error.params['detail'], count]),
      [['rule-mailbox-gone', 'Vanished', 2]],
    );
    await world.real.alice.rules.dismiss.mutate();
    assert.deepEqual((await world.real.alice.rules.problems.query()).problems, []);
  });

  test('a forward leaves byte by byte, as the account; kept, or in Trash', async () => {
    const original = message('pass on 2', { body: 'Ünïcode' });
    await world.collect(original, message('send away'));
    const sent = (await world.untilSent('carl@far.test', 2)).find(({ message: text }) =>
      text.includes('pass on 2'),
    );
    assert.match(sent!.from, /^<ana@own\.test>/);
    const text = sent!.message.replaceAll('\n', '\r\n');
    const from = text.indexOf('Received: from far.test');
    const sentBytes = original.slice(original.indexOf('Received: from far.test'));
    assert.equal(text.slice(from, from + sentBytes.length), sentBytes);
    assert.equal(text.slice(from + sentBytes.length).trim(), '');
    assert.match(text.slice(0, from), /^X-Valija-Loop: \S{22}\r$/m);
    assert.equal((await world.untilSent('dora@far.test', 1)).length, 1);
    assert.ok(await world.find('inbox', 'pass on 2'));
    assert.ok(await world.find('trash', 'send away'));
  });

  test('what came back from a forward, a report, and an old mail are not forwarded; they stay', async () => {
    const mark = /^X-Valija-Loop: \S+/m.exec(world.sentTo('carl@far.test')[0]!.message)![0];
    await world.collect(
      message('send away again', { fields: [mark] }),
      message('send away report', { fields: ['Return-Path: <>'] }),
      message('send away late', { ago: 4 * DAY }),
      message('send away last'),
    );
    await world.untilSent('dora@far.test', 2);
    assert.equal(world.sentTo('dora@far.test').length, 2);
    for (const subject of ['send away again', 'send away report', 'send away late']) {
      assert.ok(await world.find('inbox', subject), subject);
    }
  });

  test('answers once for each sender and period, never a list, with what RFC 3834 wants', async () => {
    await world.collect(
      message('a question, from a list', {
        fields: ['List-Id: <x.far.test>', 'Return-Path: <list@far.test>'],
      }),
      message('question 1', { fields: ['Message-ID: <q1@far.test>'] }),
      message('question of another', { fields: ['Return-Path: <eva@far.test>', 'From: eva@far.test'] }),
    );
    await world.collect(message('question 2'));
    await world.untilSent('eva@far.test', 1);
    const [answer] = await world.untilSent('bob@far.test', 1);
    assert.match(answer!.from, /^<>/);
    const mail = await PostalMime.parse(answer!.message);
    assert.equal(mail.subject, 'Estoy de vacaciones');
    assert.equal(mail.text?.trim(), 'Vuelvo el día 3.');
    assert.deepEqual([mail.from?.address, mail.from?.name], ['ana@own.test', 'Ana Ñandú']);
    assert.deepEqual([mail.inReplyTo, mail.references], ['<q1@far.test>', '<q1@far.test>']);
    assert.match(answer!.message, /^Auto-Submitted: auto-replied/m);
    world.real.world.clock.advance(4000);
    await world.collect(message('question 3'));
    assert.equal((await world.untilSent('bob@far.test', 2)).length, 2);
    assert.deepEqual(world.sentTo('list@far.test'), []);
  });

  test('on demand over mail that is here: filed, flagged and labelled, nothing is sent, and all of it can be undone', async () => {
    const { alice } = world.real;
    await world.collect(message('later project'), message('later two'));
    const script = formScript(
      [hasSubject('later')],
      [
        { action: 'file', mailbox: 'Projects' },
        { action: 'label', label: 'Später' },
        { action: 'flag' },
        { action: 'forward', address: 'fred@far.test', keep: true },
      ],
    );
    assert.deepEqual(await preview(script), [2, 2]);
    const rule = await world.addRule({ script, enabled: false });
    const { changed, operation } = await alice.rules.run.mutate({
      rules: [rule],
      selection: { where: { mailbox: 'inbox' } },
    });
    assert.equal(changed, 1, 'the other one was filed when it came');
    const moved = await world.find('Projects', 'later two');
    assert.deepEqual([moved?.labels, moved?.flags], [['Später'], ['flagged']]);
    await alice.mail.undo.mutate({ operation: operation! });
    const back = await world.find('inbox', 'later two');
    assert.deepEqual([back?.labels, back?.flags], [[], []]);
    // What leaves in order: were one on its way, it would be there before this one.
    await world.collect(message('pass on 3'));
    await world.untilSent('carl@far.test', 3);
    assert.deepEqual(world.sentTo('fred@far.test'), []);
    const where = { mailbox: 'inbox' };
    const all = await alice.rules.run.mutate({ rules: null, selection: { where } });
    assert.deepEqual(all, { changed: 0, operation: null }, 'all that is on was applied when it came');
  });

  const preview = async (script: string) => {
    const { matched, mails } = await world.real.alice.rules.preview.query({ script });
    return [matched, mails.length];
  };
});
