import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import PostalMime from 'postal-mime';
import { type FakeSmtp, startFakeSmtp } from '../../fakes/smtp-server.ts';
import { missingComponent } from '../../harness/component.ts';
import { waitFor } from '../sending/post-office.ts';
import { type RuleWorld, formScript, hasSubject, message, startRuleWorld } from './rule-world.ts';

suite(
  'a next host that takes nothing but mail from the account itself',
  { skip: missingComponent('dovecot') || missingComponent('smtp-sink') },
  () => {
    let next: FakeSmtp;
    let world: RuleWorld;
    before(async () => {
      let looked = 0;
      next = await startFakeSmtp({
        script: (connection, verb, rest) => {
          // Null senders are refused at once, and of whole mails the first, as by a host that looks at its From.
          const refuse = verb === 'MAIL' ? rest.includes('<>') : verb === '.' && ++looked === 1;
          if (refuse) connection.say('550 5.7.1 sender address not allowed');
          return refuse;
        },
      });
      world = await startRuleWorld(next);
    });
    after(async () => {
      await world?.stop();
      await next?.close();
    });
    const sentTo = (address: string) =>
      next.mails.filter(({ to }) => to.some((one) => one.includes(`<${address}>`)));

    test('a forward comes inside a mail of the account’s own; its owner hears of no refusal', async () => {
      const action = { action: 'forward' as const, address: 'carl@far.test', keep: true };
      await world.addRule({ script: formScript([hasSubject('pass')], [action]) });
      await world.collect();
      await world.collect(message('pass on'));
      await waitFor(async () => sentTo('carl@far.test').length > 0);
      const [sent] = sentTo('carl@far.test');
      const mail = await PostalMime.parse(sent!.raw);
      assert.deepEqual(
        [mail.from?.address, mail.replyTo?.[0]?.address, mail.subject],
        ['ana@own.test', 'bob@far.test', 'Fwd: pass on'],
      );
      const inner = await PostalMime.parse(mail.attachments[0]!.content);
      assert.deepEqual([inner.from?.address, inner.subject], ['bob@far.test', 'pass on']);
      assert.deepEqual(
        (await world.list('inbox')).map(({ subject }) => subject),
        ['pass on'],
      );
      assert.deepEqual((await world.real.alice.rules.problems.query()).problems, []);
    });

    test('an answer comes with the account as its envelope sender', async () => {
      const action = { action: 'vacation' as const, subject: null, text: 'Away', days: 1 };
      await world.addRule({ script: formScript([hasSubject('question')], [action]) });
      await world.collect(message('question'));
      await waitFor(async () => sentTo('bob@far.test').length > 0);
      const [sent] = sentTo('bob@far.test');
      assert.match(sent!.from, /^<ana@own\.test>/);
      assert.match(sent!.raw.toString(), /^Auto-Submitted: auto-replied/m);
    });
  },
);
