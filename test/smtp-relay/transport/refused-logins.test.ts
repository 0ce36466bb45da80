import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { SmtpSettings } from '../../../common/shapes/account.ts';
import { MINUTE } from '../../../common/time.ts';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpOptions } from '../../fakes/smtp-server.ts';
import { makeRefusedLogins } from '../../../smtp-relay/transport/refused-logins.ts';
import { SessionError, stoppedError } from '../../../smtp-relay/transport/smtp-error.ts';
import type { SmtpSession } from '../../../smtp-relay/transport/smtp-session.ts';
import { startTransport, type TestTransport } from '../../harness/transport.ts';

describe('a password that a smarthost refused', () => {
  let now = 0;
  let transport: TestTransport;
  before(async () => {
    transport = await startTransport({ dns: null, stsPort: 443, now: () => now });
  });
  after(async () => await transport?.stop());

  const start = async (t: TestContext, options: FakeSmtpOptions): Promise<FakeSmtp> => {
    const fake = await startFakeSmtp(options);
    t.after(async () => await fake.close());
    return fake;
  };
  const send = async (
    fake: FakeSmtp,
    secret: string,
    account = 'acc_1',
    auth: SmtpSettings['auth'] = 'plain',
  ): Promise<string> => {
    const login = { user: 'me', secret, auth };
    const hop = { port: fake.port, kind: 'smarthost', tls: 'none', login } as const;
    const { state, reason, code } = await transport.send(hop, { owner: { user: 'u', account } });
    return [state, reason, code].join(' ');
  };
  const tries = (fake: FakeSmtp): number => fake.commands.filter((line) => / AUTH /.test(line)).length;
  const refused = 'temporary needs-sign-in 535';
  const accepted = 'accepted  250';

  test('is not tried again by other mails for a quarter of an hour', async (t) => {
    const fake = await start(t, { login: { user: 'me', password: 'right' } });
    for (let mail = 0; mail < 5; mail++) assert.equal(await send(fake, 'wrong'), refused);
    assert.equal(tries(fake), 1);
    now += 14 * MINUTE;
    assert.equal(await send(fake, 'wrong'), refused);
    assert.equal(tries(fake), 1);
    now += 2 * MINUTE;
    assert.equal(await send(fake, 'wrong'), refused);
    assert.equal(tries(fake), 2);
  });

  test('is shown once by mails that leave at the same moment', async (t) => {
    const fake = await start(t, { login: { user: 'me', password: 'right' } });
    const all = await Promise.all(Array.from({ length: 10 }, async () => await send(fake, 'wrong', 'acc_5')));
    assert.deepEqual(
      all,
      Array.from({ length: 10 }, () => refused),
    );
    assert.equal(tries(fake), 1);
  });

  test('one that is taken lets the mails that waited go at once, each over a session of its own', async (t) => {
    const fake = await start(t, { login: { user: 'me', password: 'right' } });
    const all = await Promise.all(Array.from({ length: 5 }, async () => await send(fake, 'right', 'acc_6')));
    assert.deepEqual(
      all,
      Array.from({ length: 5 }, () => accepted),
    );
  });

  test('a host that broke off before it judged is one failure for all who waited', async (t) => {
    const fake = await start(t, {
      login: { user: 'me', password: 'right' },
      script: (connection, verb) =>
        verb === 'AUTH' && connection.count === 1 && (connection.socket.destroy(), true),
    });
    const all = await Promise.all(Array.from({ length: 3 }, async () => await send(fake, 'right', 'acc_7')));
    assert.deepEqual(new Set(all.map((one) => one.split(' ')[0])), new Set(['temporary']));
    assert.equal(tries(fake), 1);
    assert.equal(await send(fake, 'right', 'acc_7'), accepted);
  });

  test('one mail that is taken back while it shows the password hands its turn on', async () => {
    const logins = makeRefusedLogins();
    const key = { text: 'k', user: 'u', account: 'a' };
    const login = { user: 'me', secret: 'x', auth: 'plain' } as const;
    const session = {} as SmtpSession;
    const gate = Promise.withResolvers<SmtpSession>();
    const { signal } = new AbortController();
    const first = logins.open(key, login, async () => await gate.promise, signal);
    const second = logins.open(key, login, async () => session, signal);
    gate.reject(stoppedError());
    await assert.rejects(first, SessionError);
    assert.equal(await second, session);
  });

  test('who waits for another leaves when it is stopped itself', async () => {
    const logins = makeRefusedLogins();
    const key = { text: 'k', user: 'u', account: 'a' };
    const login = { user: 'me', secret: 'x', auth: 'plain' } as const;
    const gate = Promise.withResolvers<SmtpSession>();
    const stopping = new AbortController();
    const first = logins.open(key, login, async () => await gate.promise, new AbortController().signal);
    const second = logins.open(key, login, async () => await gate.promise, stopping.signal);
    stopping.abort();
    await assert.rejects(second, (error: SessionError) => error.stopped);
    gate.resolve({} as SmtpSession);
    await first;
  });

  test('says nothing of another password, another account or another host', async (t) => {
    const fake = await start(t, { login: { user: 'me', password: 'right' } });
    assert.equal(await send(fake, 'wrong'), refused);
    assert.equal(await send(fake, 'right'), accepted);
    assert.equal(await send(fake, 'wrong', 'acc_2'), refused);
    assert.equal(tries(fake), 3);
    const other = await start(t, { login: { user: 'me', password: 'wrong' } });
    assert.equal(await send(other, 'wrong'), accepted);
  });

  test('is tried again where the host only had no time to judge it', async (t) => {
    const fake = await start(t, {
      login: { user: 'me', password: 'right' },
      script: (connection, verb) =>
        verb === 'AUTH' && connection.count === 1 && (connection.say('454 4.7.0 try later'), true),
    });
    assert.match(await send(fake, 'right'), /^temporary .* 454$/);
    assert.equal(await send(fake, 'right'), accepted);
  });

  test('is tried again where something else was wanted, which the person may have done by now', async (t) => {
    const fake = await start(t, {
      login: { user: 'me', password: 'right' },
      script: (connection, verb) =>
        verb === 'AUTH' &&
        connection.count === 1 &&
        (connection.say('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled'),
        true),
    });
    assert.match(await send(fake, 'right', 'acc_4'), /^temporary needs-sign-in\/\S+ 535$/);
    assert.equal(await send(fake, 'right', 'acc_4'), accepted);
  });

  test('a token is no password: its provider gives another', async (t) => {
    const fake = await start(t, { login: { user: 'me', password: 'new', mechanisms: 'XOAUTH2' } });
    for (let mail = 0; mail < 2; mail++) assert.equal(await send(fake, 'old', 'acc_3', 'xoauth2'), refused);
    assert.equal(tries(fake), 2);
  });
});
