import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { SendStatus } from '../../../common/shapes/status.ts';
import { type FakeSmtp, startFakeSmtp } from '../../fakes/smtp-server.ts';
import { missingComponent } from '../../harness/component.ts';
import { type Postfix, startPostfix } from '../../harness/postfix.ts';
import { type RuleWorld, startRuleWorld } from '../filing/rule-world.ts';
import { makeContent, waitFor } from '../sending/post-office.ts';

const skip =
  missingComponent('dovecot', 'smtp-sink') ||
  (process.getuid?.() === 0 ? false : 'Postfix is started as root only');

suite('what a real Postfix reports later, collected from a real Dovecot', { skip }, () => {
  /** Whoever Postfix talks to: the recipients' hosts, and the user's own provider, which takes the notices. */
  let hosts: FakeSmtp;
  let postfix: Postfix;
  let world: RuleWorld;
  before(async () => {
    hosts = await startFakeSmtp({
      extensions: ['8BITMIME'],
      script: (connection, verb, rest) => {
        if (verb !== 'RCPT') return false;
        if (/nobody@/i.test(rest)) connection.say('550 5.1.1 no such user here');
        else if (/slow@/i.test(rest)) connection.say('450 4.2.1 busy, come back');
        else return false;
        return true;
      },
    });
    const soon = ['minimal_backoff_time = 1s', 'queue_run_delay = 1s', 'delay_warning_time = 1s'];
    postfix = await startPostfix(hosts, soon);
    world = await startRuleWorld(postfix);
  });
  after(async () => {
    await world?.stop();
    postfix?.stop();
    await hosts?.close();
  });

  const send = async (subject: string, ...to: string[]): Promise<string> => {
    const addresses = to.map((address) => ({ name: null, address }));
    const draft = makeContent({ identity: null, from: 'ana@own.test', subject, to: addresses });
    const { id } = await world.real.alice.draft.save.mutate({ id: null, base: null, draft });
    await world.real.alice.sending.send.mutate({ draft: id, undo: 0, at: null, key: null });
    await until(id, ({ state }) => state === 'sent');
    await world.real.alice.mail.flag.mutate({ ids: [id], add: ['seen'], remove: [] });
    return id;
  };
  const until = async (id: string, wanted: (status: SendStatus) => boolean): Promise<SendStatus> => {
    let status = await world.real.alice.sending.status.query({ id });
    await waitFor(async () => {
      status = await world.real.alice.sending.status.query({ id });
      return wanted(status);
    });
    return status;
  };
  /** What Postfix sent to the user about it. */
  const findNotice = async (words: RegExp): Promise<string> => {
    const find = (): string | undefined =>
      hosts.mails.map(({ raw }) => raw.toString('latin1')).find((raw) => words.test(raw));
    await waitFor(async () => find() !== undefined);
    return find()!;
  };

  test('a failure of one of two recipients', async () => {
    const id = await send('two of them', 'nobody@far.test', 'bob@far.test');
    const notice = await findNotice(/Undelivered Mail Returned[^]*two of them/);
    assert.match(notice, /^Original-Envelope-Id: snd_/m, 'the relay passed the envelope id on');
    assert.match(notice, /^Original-Recipient: rfc822;nobody@far\.test/m);
    await world.collect(notice);
    const { state, recipients } = await world.real.alice.sending.status.query({ id });
    assert.equal(state, 'partly');
    assert.deepEqual(
      recipients.map((one) => [one.address, one.state, one.code, one.enhanced, one.reason]),
      [
        ['nobody@far.test', 'failed', 550, '5.1.1', 'recipient-refused/unknown-user'],
        ['bob@far.test', 'accepted', 250, '2.0.0', null],
      ],
    );
    assert.equal(recipients[0]?.serverLine, '550 5.1.1 no such user here');
    const [sent] = (await world.list('sent')).filter((row) => row.id === id);
    assert.deepEqual(sent?.flags, [], 'it counts as unread');
    const notices = (await world.list('sent')).filter((row) => row.id === recipients[0]?.report);
    assert.deepEqual([notices[0]?.flags, notices[0]?.threadId], [['seen'], sent?.threadId]);
    assert.deepEqual(await world.list('inbox'), []);
    const view = await world.real.alice.mail.show.query({ id });
    assert.equal(view.status?.recipients[0]?.state, 'failed');
  });

  test('a delay, then the mail goes through', async () => {
    const id = await send('later', 'slow@far.test');
    const notice = await findNotice(/Delayed Mail[^]*later/);
    await world.collect(notice);
    const { state, recipients } = await world.real.alice.sending.status.query({ id });
    assert.deepEqual(
      [state, recipients[0]?.state, recipients[0]?.reason, recipients[0]?.serverLine],
      ['queued', 'deferred', 'server-error/reported-delay', '450 4.2.1 busy, come back'],
    );
    const [sent] = (await world.list('sent')).filter((row) => row.id === id);
    assert.deepEqual(sent?.flags, ['seen']);
  });

  test('a notice about somebody else’s mail stays in the Inbox', async () => {
    const id = await send('mine', 'bob@far.test');
    const notice = await findNotice(/Undelivered Mail Returned[^]*two of them/);
    const forged = notice
      .replace(/^Original-Envelope-Id:.*\r\n/m, '')
      .replace(/(\(Valija\) with \w+ id )[\w-]+/g, '$1queue_guess')
      .replace(/^Message-ID: <[^>]*@own\.test>/im, 'Message-ID: <guess@own.test>');
    await world.collect(forged);
    assert.equal((await world.list('inbox')).length, 1);
    assert.equal((await world.real.alice.sending.status.query({ id })).state, 'sent');
  });
});
