import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { SessionError } from '../../smtp-relay/transport/smtp-error.ts';
import { openSession, type SessionTarget } from '../../smtp-relay/transport/smtp-session.ts';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpOptions } from '../fakes/smtp-server.ts';

const fakes: FakeSmtp[] = [];
after(async () => {
  for (const fake of fakes) await fake.close();
});

async function open(
  options: FakeSmtpOptions,
  change: Partial<SessionTarget> = {},
  timeouts = { connect: 1000, greeting: 300, idle: 300 },
  signal: AbortSignal = new AbortController().signal,
) {
  const fake = await startFakeSmtp(options);
  fakes.push(fake);
  const session = openSession(
    { host: '127.0.0.1', port: fake.port, tls: 'none', login: null, ...change },
    { connect: async () => connect(fake.port, '127.0.0.1'), name: 'me.test', timeouts, signal },
  );
  return { fake, session };
}

const refusal = (reason: string) => (error: unknown) =>
  error instanceof SessionError && error.refusal.reason === reason && error.refusal.outcome === 'temporary';

describe('openSession', () => {
  test('does not wait for ever: a silent greeting, a silent EHLO', async () => {
    for (const mute of ['CONNECT', 'EHLO']) {
      const { session } = await open({ script: (_connection, verb) => verb === mute });
      await assert.rejects(session, refusal('timeout'));
    }
  });

  test('does not take every answer for SMTP', async () => {
    const cases: [string, string][] = [
      ['SSH-2.0-OpenSSH_9.2', 'protocol'],
      ['+OK POP3 ready', 'protocol'],
      [`220-${'x'.repeat(100_000)}`, 'protocol'],
    ];
    for (const [greeting, reason] of cases) {
      const { session } = await open({
        script: (connection, verb) => {
          if (verb !== 'CONNECT') return false;
          connection.say(greeting);
          return true;
        },
      });
      await assert.rejects(session, refusal(reason), greeting.slice(0, 20));
    }
  });

  test('what the server repeats of a password or token is not shown', async () => {
    const repeat: FakeSmtpOptions['script'] = (connection, verb, rest) => {
      if (verb === 'AUTH') connection.say(`535 5.7.8 wrong: ${rest} ${SECRET}`);
      return verb === 'AUTH';
    };
    const SECRET = 'Tr0ub4dor.$&+3';
    for (const auth of ['plain', 'xoauth2'] as const) {
      const login = { user: 'me', password: 'other', mechanisms: 'PLAIN XOAUTH2' };
      const { session } = await open(
        { login, script: repeat },
        { login: { user: 'me', secret: SECRET, auth } },
      );
      await assert.rejects(session, (error: unknown) => {
        assert.ok(error instanceof SessionError);
        const shown = `${error.message} ${error.refusal.serverLine}`;
        assert.match(shown, /535 5\.7\.8 wrong: .*\*\*\*/);
        assert.ok(!shown.includes(SECRET), shown);
        for (const before of ['\0me\0', 'user=me\u0001auth=Bearer ']) {
          const coded = Buffer.from(before + SECRET).toString('base64');
          assert.ok(!shown.includes(coded.slice(-12, -4)), shown);
        }
        return true;
      });
    }
  });

  test('nor where it takes the mail', async () => {
    const login = { user: 'me', password: 'hush-hush' };
    const { session } = await open(
      {
        login,
        script: (connection, verb) =>
          verb === '.' && (connection.say('250-2.0.0 queued for hush-hush\r\n250 2.0.0 aHVzaC1odXNo'), true),
      },
      { login: { user: 'me', secret: 'hush-hush', auth: 'plain' } },
    );
    const opened = await session;
    const replies = await opened.send({ from: 'a@x.test', to: ['b@x.test'] }, Buffer.from('x\r\n'));
    opened.close();
    const reply = replies.get('b@x.test');
    assert.deepEqual(reply, { accepted: true, line: '250-2.0.0 queued for ***\r\n250 2.0.0 ***' });
  });

  test('OAuth2: the refusal behind the challenge is the one that counts', async () => {
    const login = { user: 'me', password: 'good token', mechanisms: 'PLAIN XOAUTH2' };
    const refused = await open({ login }, { login: { user: 'me', secret: 'old token', auth: 'xoauth2' } });
    await assert.rejects(
      refused.session,
      (error: unknown) =>
        error instanceof SessionError && error.refusal.serverLine === '535 5.7.8 token refused',
    );
    assert.equal(
      refused.fake.commands.filter((line) => line.includes('AUTH')).length,
      1,
      'no second try by PLAIN',
    );
    const taken = await open({ login }, { login: { user: 'me', secret: 'good token', auth: 'xoauth2' } });
    (await taken.session).close();
  });

  test('by LOGIN where the host has nothing else', async () => {
    const login = { user: 'me', password: 'secret', mechanisms: 'LOGIN' };
    const { session } = await open({ login }, { login: { user: 'me', secret: 'secret', auth: 'auto' } });
    (await session).close();
  });

  test('in the clear by CRAM-MD5 where the host has it: the password is not shown', async () => {
    const login = { user: 'me', password: 'secret', mechanisms: 'PLAIN LOGIN CRAM-MD5' };
    const { fake, session } = await open(
      { login },
      { login: { user: 'me', secret: 'secret', auth: 'auto' } },
    );
    (await session).close();
    assert.ok(fake.commands.includes('1 AUTH CRAM-MD5'), fake.commands.join());
    const wrong = await open({ login }, { login: { user: 'me', secret: 'other', auth: 'auto' } });
    await assert.rejects(wrong.session, refusal('needs-sign-in'));
  });

  test('takes nothing that came in the clear for what was said over TLS (RFC 3207 6)', async () => {
    for (const tls of ['opportunistic', 'starttls'] as const) {
      const { fake, session } = await open(
        {
          extensions: ['STARTTLS'],
          script: (connection, verb) => {
            if (verb !== 'STARTTLS') return false;
            connection.say('220 go ahead\r\n250 2.0.0 injected');
            return true;
          },
        },
        { tls },
      );
      await assert.rejects(session, refusal('protocol'));
      assert.equal(fake.commands.at(-1), '1 STARTTLS');
    }
  });

  test('is ended by its signal, and says that it was us', async () => {
    const stopping = new AbortController();
    const timeouts = { connect: 1000, greeting: 30_000, idle: 30_000 };
    const { session } = await open(
      { script: (_connection, verb) => verb === 'CONNECT' && (stopping.abort(), true) },
      {},
      timeouts,
      stopping.signal,
    );
    await assert.rejects(session, (error: unknown) => error instanceof SessionError && error.stopped);
  });
});

describe('send', () => {
  test('a host that falls silent after the final dot: temporary for all', async () => {
    const { session } = await open({ script: (_connection, verb) => verb === '.' });
    const envelope = { from: 'a@x.test', to: ['b@x.test', 'c@x.test'] };
    const replies = await (
      await session
    ).send(envelope, Readable.from([Buffer.from('x\r\n')], { objectMode: false }));
    for (const to of envelope.to) {
      const reply = replies.get(to);
      assert.ok(reply && !reply.accepted);
      assert.deepEqual([reply.refusal.reason, reply.refusal.outcome], ['timeout', 'temporary']);
    }
  });

  test('a body that cannot be read is no fault of the host, and nothing half is delivered', async () => {
    const { fake, session } = await open({}, {}, { connect: 1000, greeting: 1000, idle: 1000 });
    async function* fail() {
      yield Buffer.from('Subject: half\r\n');
      throw new Error('disk gone');
    }
    const body = Readable.from(fail(), { objectMode: false });
    const opened = await session;
    const replies = await opened.send({ from: 'a@x.test', to: ['b@x.test'] }, body);
    opened.close();
    const reply = replies.get('b@x.test');
    assert.ok(reply && !reply.accepted);
    assert.deepEqual([reply.refusal.reason, reply.refusal.outcome], ['internal', 'temporary']);
    assert.equal(fake.mails.length, 0);
  });
});
