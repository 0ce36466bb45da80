import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import PostalMime from 'postal-mime';
import { DAY, HOUR, MINUTE } from '../../common/time.ts';
import type { Result } from '../../smtp-relay/result/result.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../harness/relay-sending.ts';

let sending: RelaySending;

before(async () => {
  sending = await startRelaySending();
});
after(async () => await sending?.stop());

describe('recipients', () => {
  test('have fates of their own, also when the final dot fails; only the deferred one is tried again', async () => {
    const dots = ['451 4.3.0 not now', null];
    const fake = await sending.startFake({
      script: (connection, verb, rest) => {
        const later = connection.count > 1;
        if (verb === 'RCPT' && rest.includes('gone@')) connection.say('550 5.1.1 no such user');
        else if (verb === 'RCPT' && rest.includes('later@') && !later) connection.say('450 4.2.0 later');
        else if (verb === '.' && connection.count === 2 && dots[0] !== null) connection.say(dots[0] ?? '');
        else return false;
        return true;
      },
    });
    const from = await sending.addSender(fake.port);
    const to = ['ok@x.test', 'later@x.test', 'gone@x.test'];
    const results = await sending.sendAndTake({ from, to, key: 'mixed' }, 4);
    assert.deepEqual(
      statusesOf(results).map((s) => [s.address, s.state, s.code, s.enhanced, s.reason, s.serverLine]),
      [
        ['ok@x.test', 'accepted', 250, '2.0.0', null, '250 2.0.0 taken as fake-1'],
        ['later@x.test', 'deferred', 450, '4.2.0', 'server-error', '450 4.2.0 later'],
        ['gone@x.test', 'failed', 550, '5.1.1', 'recipient-refused/unknown-user', '550 5.1.1 no such user'],
      ],
    );
    await sending.restartLater(2 * MINUTE);
    const again = statusesOf(await sending.takeOf('mixed', 1));
    assert.deepEqual(
      again.map((s) => [s.address, s.state, s.attempts, s.code]),
      [['later@x.test', 'deferred', 2, 451]],
    );
    dots[0] = null as never;
    await sending.restartLater(10 * MINUTE);
    const last = statusesOf(await sending.takeOf('mixed', 1));
    assert.deepEqual(
      last.map((s) => [s.address, s.state, s.attempts]),
      [['later@x.test', 'accepted', 3]],
    );
    assert.deepEqual(
      fake.mails.map((mail) => mail.to),
      [['<ok@x.test>'], ['<later@x.test>']],
    );
  });

  test('refused by RCPT stay refused when the final dot fails for the others', async () => {
    const fake = await sending.startFake({
      script: (connection, verb, rest) => {
        if (verb === 'RCPT' && rest.includes('away@')) connection.say('550 5.1.1 no such user');
        else if (verb === '.') connection.say('452 4.3.1 disk full');
        else return false;
        return true;
      },
    });
    const from = await sending.addSender(fake.port);
    const results = await sending.sendAndTake({ from, to: ['ok@x.test', 'away@x.test'], key: 'dot' }, 3);
    assert.deepEqual(
      statusesOf(results).map((s) => [s.address, s.state, s.code]),
      [
        ['ok@x.test', 'deferred', 452],
        ['away@x.test', 'failed', 550],
      ],
    );
  });

  test('are given up after five days, with the last error and a DSN', async () => {
    const fake = await sending.startFake({
      script: (connection, verb) => {
        if (verb !== 'RCPT') return false;
        connection.say('451 4.7.1 greylisted for ever');
        return true;
      },
    });
    const from = await sending.addSender(fake.port);
    await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'old' }, 1);
    await sending.restartLater(5 * DAY + HOUR);
    const results = await sending.takeOf('old', 2);
    const [status] = statusesOf(results);
    assert.deepEqual(
      [status?.state, status?.enhanced, status?.code, status?.serverLine, status?.nextTry],
      ['failed', '5.7.1', 451, '451 4.7.1 greylisted for ever', null],
    );
    const dsn = results.find((result) => result.kind === 'dsn');
    assert.ok(dsn?.kind === 'dsn');
    const parsed = await PostalMime.parse(Buffer.from(dsn.raw, 'base64'));
    assert.equal(parsed.to?.[0]?.address, from);
    assert.equal(parsed.subject, 'Undelivered: hello');
    assert.match(parsed.text ?? '', /<bob@x\.test>[^]*127\.0\.0\.1 answered: 451 4\.7\.1 greylisted/);
    const [report] = parsed.attachments;
    assert.equal(report?.mimeType, 'message/delivery-status');
  });

  test('of the null sender, or without NOTIFY=FAILURE, cause no DSN', async () => {
    const fake = await sending.startFake({
      script: (connection, verb) => {
        if (verb !== 'RCPT') return false;
        connection.say('550 5.1.1 no');
        return true;
      },
    });
    const from = await sending.addSender(fake.port);
    const dialog = await sending.world.signIn(sending.relay);
    const message = `From: ${from}\r\n\r\nx\r\n.`;
    for (const [key, sender, notify] of [
      ['null-sender', '', ''],
      ['never', from, ' NOTIFY=NEVER'],
      ['success-only', from, ' NOTIFY=SUCCESS'],
    ] as const) {
      await dialog.say(`MAIL FROM:<${sender}> ENVID=${key}`);
      await dialog.say(`RCPT TO:<nobody@x.test>${notify}`);
      await dialog.say('DATA');
      assert.match(await dialog.say(message), /^250/);
    }
    dialog.close();
    const keys = new Set(['null-sender', 'never', 'success-only']);
    const ours = (found: Result[]): Result[] => found.filter((result) => keys.has(result.sendKey));
    const decided = (found: Result[]): number => statusesOf(ours(found)).length;
    const results = await sending.take((found) => decided(found) >= 3);
    assert.deepEqual(
      ours(results).map((result) => result.kind === 'recipient' && result.recipient.state),
      ['failed', 'failed', 'failed'],
    );
  });
});

describe('a smarthost', () => {
  test('that refuses the password defers with needs-sign-in, and goes on once it is mended', async () => {
    const fake = await sending.startFake({ login: { user: 'me', password: 'another' } });
    const from = await sending.addSender(fake.port, { user: 'me', auth: 'auto' });
    const [status] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'login' }, 1));
    assert.deepEqual(
      [status?.state, status?.reason, status?.code, status?.serverLine],
      ['deferred', 'needs-sign-in', 535, '535 5.7.8 wrong user name or password'],
    );
    const { accounts: known } = await (await sending.world.asUser()).account.list.query();
    const account = known.find((candidate) => candidate.email === from);
    assert.ok(account);
    const {
      id,
      state: _state,
      lastSuccess: _last,
      nextTry: _next,
      failingSince: _since,
      error: _error,
      ...settings
    } = account;
    await (
      await sending.world.asUser()
    ).account.edit.mutate({
      id,
      base: null,
      settings,
      secrets: { smtpPassword: 'another' },
    });
    await sending.restartLater(2 * MINUTE);
    assert.equal(statusesOf(await sending.takeOf('login', 1))[0]?.state, 'accepted');
    assert.equal(fake.mails[0]?.user, 'me');
  });

  test('whose account was removed meanwhile: failed, and never by another way', async () => {
    const fake = await sending.startFake({
      script: (connection, verb) => verb === 'CONNECT' && (connection.say('421 later'), true),
    });
    const from = await sending.addSender(fake.port);
    await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'removed' }, 1);
    const user = await sending.world.asUser();
    const account = (await user.account.list.query()).accounts.find((known) => known.email === from);
    await user.account.remove.mutate({ id: account?.id ?? '' });
    await sending.restartLater(2 * MINUTE);
    const results = await sending.takeOf('removed', 2);
    const [status] = statusesOf(results);
    assert.deepEqual([status?.state, status?.reason], ['failed', 'route-refused/no-smarthost']);
    assert.ok(results.some((result) => result.kind === 'dsn'));
  });

  test('gets an access token by XOAUTH2, never as a password', async () => {
    const login = { user: 'me', password: 'smtp secret', mechanisms: 'PLAIN LOGIN XOAUTH2' };
    const fake = await sending.startFake({ login });
    const from = await sending.addSender(fake.port, { user: 'me', auth: 'xoauth2' });
    const [status] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'token' }, 1));
    assert.equal(status?.state, 'accepted');
    assert.deepEqual(
      fake.commands.filter((line) => line.includes('AUTH')).map((line) => line.split(' ')[2]),
      ['XOAUTH2'],
    );
  });

  test('that offers no STARTTLS where it is asked for gets neither password nor mail', async () => {
    const fake = await sending.startFake({ login: { user: 'me', password: 'smtp secret' } });
    const from = await sending.addSender(fake.port, { user: 'me', auth: 'auto', tls: 'starttls' });
    const [status] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'no-tls' }, 1));
    assert.deepEqual([status?.state, status?.reason], ['deferred', 'tls']);
    assert.ok(!fake.commands.some((line) => / (AUTH|MAIL) /.test(line)));
  });

  test('larger than it takes: failed at once', async () => {
    const fake = await sending.startFake({ extensions: ['SIZE 100'] });
    const from = await sending.addSender(fake.port);
    const results = await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'size' }, 2);
    const [status] = statusesOf(results);
    assert.deepEqual([status?.state, status?.reason, status?.enhanced], ['failed', 'too-large', '5.3.4']);
  });

  test('without SMTPUTF8 gets no address that needs it; a domain has an ASCII form', async () => {
    const fake = await sending.startFake({});
    const from = await sending.addSender(fake.port);
    const to = ['josé@x.test', 'bob@bücher.test'];
    const results = await sending.sendAndTake({ from, to, key: 'utf8' }, 3);
    assert.deepEqual(
      statusesOf(results).map((s) => [s.address, s.state, s.enhanced, s.reason]),
      [
        ['josé@x.test', 'failed', '5.6.7', 'recipient-refused/no-smtputf8'],
        ['bob@bücher.test', 'accepted', '2.0.0', null],
      ],
    );
    assert.deepEqual(fake.mails[0]?.to, ['<bob@xn--bcher-kva.test>']);
  });
});
