import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { join } from 'node:path';
import { MINUTE } from '../../../common/time.ts';
import { loadPartKey } from '../../../server-kit/auth/part-key.ts';
import { MAX_MESSAGE_SIZE } from '../../../smtp-relay/submission/largest.ts';
import type { SmtpRelay } from '../../../smtp-relay/server.ts';
import { encodePlain, openDialog, type SmtpDialog } from '../../fakes/smtp-client.ts';
import { startFakeSmtp, type FakeSmtp } from '../../fakes/smtp-server.ts';
import { enrolHome, sendMail, startRelayWorld, takeResults, type RelayWorld } from '../../harness/relay.ts';

const FROM = 'alice@own.test';
const HEAD = `From: Alice <${FROM}>\r\nTo: bob@x.test\r\n`;

describe('submission', () => {
  let next: FakeSmtp;
  let world: RelayWorld;
  let relay: SmtpRelay;
  let dialog: SmtpDialog;

  before(async () => {
    next = await startFakeSmtp();
    world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}` });
    relay = await world.startRelay();
    await world.addAccount(FROM);
  });
  after(async () => {
    dialog?.close();
    await relay?.stop();
    await world?.stop();
    await next?.close();
  });
  beforeEach(async () => {
    dialog?.close();
    dialog = await world.signIn(relay);
  });

  /** What arrives at the next hop of this message. */
  const deliver = async (key: string, message: string | Buffer): Promise<Buffer> => {
    const reply = await sendMail(dialog, { from: FROM, to: ['bob@x.test'], key, message });
    assert.match(reply, /^250 2\.0\.0 queued/);
    const home = world.asHome(relay);
    await takeResults(home, (taken) => taken.some((result) => result.sendKey === key));
    const mail = next.mails.at(-1);
    assert.ok(mail);
    return mail.raw;
  };

  test('offers what RFC 6409 clients look for, and AUTH with passwords', async () => {
    const fresh = await openDialog(relay.submission.port);
    assert.match(fresh.greeting, /^220 localhost ESMTP Valija$/);
    const offered = (await fresh.say('EHLO x')).split('\r\n').map((line) => line.slice(4));
    for (const extension of [
      'PIPELINING',
      '8BITMIME',
      'SMTPUTF8',
      'ENHANCEDSTATUSCODES',
      'DSN',
      'AUTH PLAIN LOGIN',
      `SIZE ${MAX_MESSAGE_SIZE}`,
    ]) {
      assert.ok(offered.includes(extension), `${extension} in ${offered.join()}`);
    }
    assert.ok(!offered.includes('STARTTLS'), 'no certificate is configured');
    assert.match(await fresh.say('STARTTLS'), /^50/);
    assert.match(await fresh.say('MAIL FROM:<a@x.test>'), /^530 5\.7\.0/);
    assert.match(await fresh.say('XCLIENT NAME=x'), /^500/);
    fresh.close();
  });

  test('lets in nobody but a storage-server with a live token for this relay', async () => {
    const token = async (audience: string): Promise<string> => await world.homeKey.signServiceToken(audience);
    const good = await token(relay.partId);
    const session = await (await world.asUser()).session.whoami.query();
    const wrong: [string, string][] = [
      ['token for another part', encodePlain(world.user, world.homeId, await token('profile'))],
      ['another part’s id', encodePlain(world.user, 'storage_other', good)],
      ['no user', encodePlain('', world.homeId, good)],
      ['a user id that is none', encodePlain('a b', world.homeId, good)],
      ['no token', encodePlain(world.user, world.homeId, '')],
      ['a password', encodePlain(world.user, world.homeId, 'a long enough password 1')],
      ['a session id', encodePlain(world.user, world.homeId, session.session.id)],
      ['a forged token', encodePlain(world.user, world.homeId, `${good.slice(0, -8)}AAAAAAAA`)],
    ];
    for (const [name, plain] of wrong) {
      const fresh = await openDialog(relay.submission.port);
      await fresh.say('EHLO x');
      assert.match(await fresh.say(`AUTH PLAIN ${plain}`), /^535 5\.7\.8 /, name);
      assert.match(await fresh.say('MAIL FROM:<a@x.test>'), /^530/, name);
      fresh.close();
    }
    const slow = await loadPartKey(join(world.dataDir, 'storage-server'), {
      now: () => Date.now() - 2 * MINUTE,
    });
    const old = encodePlain(world.user, world.homeId, await slow.signServiceToken(relay.partId));
    const late = await openDialog(relay.submission.port);
    await late.say('EHLO x');
    assert.match(await late.say(`AUTH PLAIN ${old}`), /^535 5\.7\.8 /, 'an expired token');
    late.close();
  });

  test('refuses a sender that is not the user’s: envelope, From, Sender', async () => {
    assert.match(
      await dialog.say('MAIL FROM:<eve@own.test>'),
      /^550 5\.7\.1 sender refused: not-your-address$/,
    );
    const foreign = [
      'From: eve@own.test\r\n\r\nx\r\n',
      `From: ${FROM}, eve@own.test\r\n\r\nx\r\n`,
      `From: ${FROM}\r\nSender: eve@own.test\r\n\r\nx\r\n`,
      `From: Team:${FROM},eve@own.test;\r\n\r\nx\r\n`,
    ];
    for (const message of foreign) {
      assert.match(
        await sendMail(dialog, { from: FROM, to: ['b@x.test'], message }),
        /^550 5\.7\.1/,
        message,
      );
    }
    assert.match(
      await sendMail(dialog, { from: 'ALICE@OWN.test', to: ['b@x.test'], message: `${HEAD}\r\nx\r\n` }),
      /^250/,
    );
  });

  test('what a rule passes on keeps its From; its envelope sender has to be the user’s, and nothing else may do so', async () => {
    const message = 'From: eve@y.test\r\nTo: x@y.test\r\nDate: x\r\nMessage-ID: <5@y.test>\r\n\r\nx\r\n';
    const mail = { to: ['b@x.test'], message };
    assert.match(await sendMail(dialog, { ...mail, from: FROM, key: 'fwd_1' }), /^250 2\.0\.0 queued/);
    await takeResults(world.asHome(relay), (taken) => taken.some((one) => one.sendKey === 'fwd_1'));
    const { raw, from } = next.mails.at(-1)!;
    assert.match(from, /^<alice@own\.test>/);
    assert.equal(raw.subarray(-message.length).toString(), message);
    assert.match(await sendMail(dialog, { ...mail, from: 'eve@own.test', key: 'fwd_2' }), /^550 5\.7\.1/);
    await dialog.say('RSET');
    assert.match(await sendMail(dialog, { ...mail, from: '', key: 'fwd_3' }), /^550 5\.7\.1/);
    assert.match(await sendMail(dialog, { ...mail, from: FROM, key: 'snd_4' }), /^550 5\.7\.1/);
    assert.match(await sendMail(dialog, { ...mail, from: FROM, key: 'fwdx' }), /^550 5\.7\.1/);
  });

  test('refuses a user whose home is another part, or nobody’s', async () => {
    dialog.close();
    dialog = await world.signIn(relay, 'user_doesnotexist');
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^550 5\.7\.1/);
    const other = await enrolHome(
      world.profile,
      join(world.dataDir, 'other-home'),
      world.settings,
      world.clock,
    );
    const stranger = await openDialog(relay.submission.port);
    await stranger.say('EHLO x');
    const plain = encodePlain(world.user, other.partId ?? '', await other.signServiceToken(relay.partId));
    assert.match(await stranger.say(`AUTH PLAIN ${plain}`), /^235/);
    assert.match(await stranger.say(`MAIL FROM:<${FROM}>`), /^550 5\.7\.1 not the home of this user/);
    stranger.close();
    const bob = await world.addUser('bob');
    dialog.close();
    dialog = await world.signIn(relay, bob);
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^550 5\.7\.1/, 'alice’s address as bob');
  });

  test('brings over exactly what came, but for Bcc and a Received field', async () => {
    const body = Buffer.concat([
      Buffer.from(
        `${HEAD}Bcc: secret@x.test\r\nDate: Sat, 21 Nov 2026 11:00:00 +0000\r\nMessage-ID: <m1@own.test>\r\n\r\n`,
      ),
      Buffer.from('.\r\n..\r\n.dot\r\n\r\n.\r\n'),
      Buffer.from([0xe9, 0x80, 0xff]),
      Buffer.from('\r\nend\r\n'),
    ]);
    const stuffed = Buffer.from(body.toString('latin1').replaceAll('\r\n.', '\r\n..'), 'latin1');
    const raw = await deliver('exact', stuffed);
    const text = raw.toString('latin1');
    const end = text.indexOf('From: Alice');
    assert.match(
      text.slice(0, end),
      /^Received: by localhost \(Valija\) with ESMTPA id queue_\w+;\r\n\t[^\r]+\r\n$/,
    );
    assert.equal(text.slice(end), body.toString('latin1').replace('Bcc: secret@x.test\r\n', ''));
    assert.match(next.commands.findLast((line) => line.includes('MAIL FROM')) ?? '', /BODY=8BITMIME/);
    assert.doesNotMatch(text.slice(0, end), /127\.0\.0\.1|home\.test/, 'nothing about who submitted');
  });

  const bad: [string, string, RegExp][] = [
    ['a bare LF', `${HEAD}\r\na\nb\r\n`, /^554 5\.6\.0 bare LF/],
    ['a bare CR', `${HEAD}\r\na\rb\r\n`, /^554 5\.6\.0 bare CR/],
    ['NUL', `${HEAD}\r\na\0b\r\n`, /^554 5\.6\.0 NUL/],
    ['a line of 999', `${HEAD}\r\n${'x'.repeat(999)}\r\n`, /^554 5\.6\.0 line longer/],
    ['a smuggled end (LF)', `${HEAD}\r\na\n.\r\nMAIL FROM:<eve@x.test>\r\nb\r\n`, /^554 5\.6\.0/],
    ['a smuggled end (CR LF . LF)', `${HEAD}\r\na\r\n.\nMAIL FROM:<eve@x.test>\r\nb\r\n`, /^554 5\.6\.0/],
    [
      'a loop',
      `${'Received: from x by y; Sat, 21 Nov 2026 11:00:00 +0000\r\n'.repeat(31)}${HEAD}\r\nx\r\n`,
      /^554 5\.4\.6/,
    ],
    ['no From', 'To: b@x.test\r\n\r\nx\r\n', /^554 5\.6\.0/],
  ];
  for (const [name, message, reply] of bad) {
    test(`refuses ${name}, and the session goes on`, async () => {
      const before = next.mails.length;
      assert.match(await sendMail(dialog, { from: FROM, to: ['b@x.test'], message }), reply);
      await deliver(`after ${name}`.replace(/\W/g, '-'), `${HEAD}\r\nx\r\n`);
      assert.equal(next.mails.length, before + 1);
    });
  }

  test('takes pipelined commands, several mails in a session, RSET and the null sender', async () => {
    dialog.write(`MAIL FROM:<${FROM}> ENVID=pipe-1\r\nRCPT TO:<b@x.test>\r\nDATA\r\n`);
    for (const start of ['250', '250', '354']) assert.ok((await dialog.read()).startsWith(start));
    dialog.write(
      `${HEAD}\r\none\r\n.\r\nMAIL FROM:<> ENVID=pipe-2\r\nRCPT TO:<c@x.test>\r\nRSET\r\nMAIL FROM:<>\r\nRCPT TO:<d@x.test>\r\nDATA\r\n`,
    );
    for (const start of ['250 2.0.0 queued', '250', '250', '250', '250', '250', '354']) {
      const reply = await dialog.read();
      assert.ok(reply.startsWith(start), `${start}: ${reply}`);
    }
    const reply = await dialog.say(`${HEAD}\r\ntwo\r\n.`);
    const queueId = /queued as (\w+)/.exec(reply)?.[1] ?? '';
    const results = await takeResults(world.asHome(relay), (taken) =>
      taken.some((r) => r.sendKey === queueId),
    );
    assert.ok(results.some((result) => result.sendKey === 'pipe-1'));
    assert.deepEqual(
      next.mails.slice(-2).map((mail) => [mail.from.split(' ')[0], mail.to]),
      [
        [`<${FROM}>`, ['<b@x.test>']],
        ['<>', ['<d@x.test>']],
      ],
    );
  });

  test('keeps its limits: size as announced and as sent, recipients, addresses', async () => {
    assert.match(await dialog.say(`MAIL FROM:<${FROM}> SIZE=${MAX_MESSAGE_SIZE + 1}`), /^552 5\.3\.4/);
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^250/);
    assert.match(await dialog.say('RCPT TO:<nobody>'), /^50/);
    assert.match(await dialog.say('RCPT TO:<b@exa_mple..test>'), /^50|^553 5\.1\.3/);
    for (let n = 0; n < 500; n++) dialog.write(`RCPT TO:<r${n}@x.test>\r\n`);
    for (let n = 0; n < 500; n++) assert.match(await dialog.read(), /^250/);
    assert.match(await dialog.say('RCPT TO:<one-more@x.test>'), /^452 4\.5\.3/);
    await dialog.say('RSET');
    const line = `${'x'.repeat(996)}\r\n`;
    const large = `${HEAD}\r\n${line.repeat(Math.ceil(MAX_MESSAGE_SIZE / 998))}`;
    assert.match(await sendMail(dialog, { from: FROM, to: ['b@x.test'], message: large }), /^552 5\.3\.4/);
    assert.match(await dialog.say('NOOP'), /^250/);
  });

  test('30 MB pass', async () => {
    const message = `${HEAD}\r\n${`${'y'.repeat(996)}\r\n`.repeat(30_000)}`;
    const raw = await deliver('large', message);
    assert.ok(raw.toString('latin1').endsWith(message.slice(-5000)));
    assert.ok(raw.length > message.length);
  });

  test('a client that goes away in the middle of DATA leaves nothing behind', async () => {
    const before = next.mails.length;
    await dialog.say(`MAIL FROM:<${FROM}> ENVID=gone`);
    await dialog.say('RCPT TO:<b@x.test>');
    await dialog.say('DATA');
    dialog.write(`${HEAD}\r\nhalf`);
    dialog.close();
    dialog = await world.signIn(relay);
    await deliver('after-gone', `${HEAD}\r\nx\r\n`);
    assert.equal(next.mails.length, before + 1);
  });

  test('concurrent submissions are all queued', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => `many-${n}`);
    const replies = await Promise.all(
      keys.map(async (key) => {
        const own = await world.signIn(relay);
        const reply = await sendMail(own, {
          from: FROM,
          to: ['b@x.test'],
          key,
          message: `${HEAD}\r\n${key}\r\n`,
        });
        own.close();
        return reply;
      }),
    );
    assert.equal(new Set(replies.map((reply) => /^250 2\.0\.0 queued as (\w+)$/.exec(reply)?.[1])).size, 20);
    const wanted = new Set(keys);
    await takeResults(world.asHome(relay), (taken) => {
      for (const result of taken) wanted.delete(result.sendKey);
      return wanted.size === 0;
    });
  });
});
