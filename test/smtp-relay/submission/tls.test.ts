import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { SECOND } from '../../../common/time.ts';
import type { Revocation } from '../../../server-kit/auth/revocation.ts';
import type { Trust } from '../../../server-kit/auth/trust.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import type { NewMail } from '../../../smtp-relay/queue/queued-mail.ts';
import { startSubmission, type SubmissionServer } from '../../../smtp-relay/submission/submission-server.ts';
import { encodePlain, openDialog } from '../../fakes/smtp-client.ts';
import { makeAuthority, type Authority } from '../../harness/certificate.ts';
import { missingComponent } from '../../harness/component.ts';
import { findFreePort } from '../../harness/ports.ts';
import { sendMail } from '../../harness/relay.ts';
import { runSwaks } from '../../harness/swaks.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { noLimits } from './no-limits.ts';

const FROM = 'alice@own.test';
const NO_ROUTE = {
  account: null,
  identity: null,
  name: null,
  email: null,
  send: null,
  reason: null,
  decidedBy: null,
  language: null,
};
const AUTH = `AUTH PLAIN ${encodePlain('user_a', 'storage_a', 'token')}`;

describe('submission beyond loopback', { skip: missingComponent('openssl', 'swaks') }, () => {
  const directory = makeTempDir('submission-tls');
  const revoke: ((revocation: Revocation) => void)[] = [];
  const queued: NewMail[] = [];
  let profileIsAway = false;
  let trustIsBlind = false;
  let later = 0;
  let authority: Authority;
  let server: SubmissionServer;
  let securePort: number;

  before(async () => {
    authority = makeAuthority(directory.path);
    securePort = await findFreePort();
    const trust: Trust = {
      authenticate: async (_bearer, address) => {
        if (trustIsBlind) throw new MailError('unavailable', 'x', { reason: 'cannot-check-session' });
        return { kind: 'part', part: 'storage_a', partKind: 'storage-server', address };
      },
      isLive: () => true,
      onRevoked: (listener) => {
        revoke.push(listener);
        return () => undefined;
      },
      stop: async () => undefined,
    };
    server = await startSubmission({
      host: '0.0.0.0',
      port: 0,
      implicitTlsPort: securePort,
      tls: authority.issue(['relay.test']),
      trust,
      profile: {
        checkAppPassword: async ({ login, password }) => {
          if (password !== 'app password') throw new MailError('sign-in-failed', 'x');
          return { user: login, home: 'storage_a', appPassword: 'app_1' };
        },
        authoriseSender: async () => {
          if (profileIsAway) throw new MailError('unavailable', 'away');
          return { ...NO_ROUTE, allowed: true, home: 'storage_a' };
        },
      },
      limits: noLimits,
      log: silentLogger,
      clock: { now: () => Date.now() + later },
      makeId: (prefix) => `${prefix}_1`,
      name: 'relay.test',
      operatorSmarthost: false,
      sign: async (_from, message) => message,
      checkSender: async () => null,
      enqueue: async (mail) => {
        queued.push(mail);
        return { id: mail.id, added: true };
      },
    });
  });
  after(async () => {
    await server?.stop();
    directory.remove();
  });

  const openSecure = async () => {
    const dialog = await openDialog(server.port);
    await dialog.say('EHLO x');
    assert.match(await dialog.say('STARTTLS'), /^220/);
    await dialog.startTls({ servername: 'relay.test', ca: authority.cert });
    await dialog.say('EHLO x');
    return dialog;
  };

  test('no credential is taken in the clear', async () => {
    const dialog = await openDialog(server.port);
    assert.match(await dialog.say('EHLO x'), /^250[ -]STARTTLS\r?$/m);
    assert.match(await dialog.say(AUTH), /^538 /);
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^530 /);
    dialog.close();
  });

  test('after STARTTLS it is, and what was said before is forgotten', async () => {
    const dialog = await openDialog(server.port);
    await dialog.say('EHLO x');
    // Pipelined behind STARTTLS in the clear: must not run inside TLS (CVE-2011-0411).
    dialog.write('STARTTLS\r\nNOOP\r\n');
    assert.match(await dialog.read(), /^220/);
    await dialog.startTls({ servername: 'relay.test', ca: authority.cert });
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^503/);
    await dialog.say('EHLO x');
    assert.match(await dialog.say(AUTH), /^235 2\.7\.0/);
    assert.match(
      await sendMail(dialog, { from: FROM, to: ['b@x.test'], key: 'tls' }),
      /^250 2\.0\.0 queued as queue_1$/,
    );
    assert.match(
      queued.at(-1)?.body.toString() ?? '',
      /^Received: by relay\.test \(Valija\) with ESMTPSA id/,
    );
    assert.equal(queued.at(-1)?.home, 'storage_a');
    dialog.close();
  });

  test('while sessions or senders cannot be checked, everything is temporary', async () => {
    trustIsBlind = true;
    const blind = await openSecure();
    assert.match(await blind.say(AUTH), /^454 4\.7\.0/);
    blind.close();
    trustIsBlind = false;
    const dialog = await openSecure();
    await dialog.say(AUTH);
    later += SECOND;
    profileIsAway = true;
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^451 4\.3\.2/);
    profileIsAway = false;
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^250/);
    dialog.close();
  });

  test('a part that is shut out, or a user who is disabled, is cut off at once', async () => {
    for (const [kind, id] of [
      ['part', 'storage_a'],
      ['user', 'user_a'],
    ] as const) {
      const dialog = await openSecure();
      await dialog.say(AUTH);
      const farewell = dialog.read();
      for (const listener of revoke) listener({ kind, id, at: Date.now() });
      assert.match(await farewell, /^421 4\.7\.0/);
      await assert.rejects(dialog.read());
    }
  });

  describe('lets in users’ own programs', () => {
    const swaks = async (port: number, args: string[], password = 'app password') =>
      await runSwaks(port, [
        ...`--from ${FROM} --to b@x.test,c@y.test --ehlo pc.test --body one\\n.two\\n..three`.split(' '),
        ...`--auth-user alice --tls-ca-path ${authority.certFile} --tls-verify --tls-sni relay.test`.split(
          ' ',
        ),
        '--auth-password',
        password,
        ...args,
      ]);
    const ways: [string, () => number, string[]][] = [
      ['STARTTLS, AUTH PLAIN', () => server.port, ['--tls', '--auth', 'PLAIN']],
      ['STARTTLS, AUTH LOGIN, pipelined', () => server.port, ['--tls', '--auth', 'LOGIN', '--pipeline']],
      ['TLS at once, AUTH PLAIN, pipelined', () => securePort, ['--tlsc', '--auth', 'PLAIN', '--pipeline']],
      ['TLS at once, AUTH LOGIN', () => securePort, ['--tlsc', '--auth', 'LOGIN']],
    ];
    for (const [name, port, args] of ways) {
      test(`swaks by ${name}`, async () => {
        const before = queued.length;
        const { code, said } = await swaks(port(), args);
        assert.equal(code, 0, said);
        assert.equal(queued.length, before + 1);
        const mail = queued.at(-1)!;
        assert.deepEqual(
          [mail.user, mail.home, mail.copy, mail.sendKey, mail.mailFrom],
          ['alice', 'storage_a', true, mail.id, FROM],
        );
        assert.deepEqual(
          mail.recipients.map(({ address }) => address),
          ['b@x.test', 'c@y.test'],
        );
        assert.match(mail.body.toString(), /\r\n\r\none\r\n\.two\r\n\.\.three\r\n/);
      });
    }

    test('a wrong password or somebody else’s name is refused', async () => {
      const wrong = await swaks(server.port, ['--tls', '--auth', 'LOGIN'], 'wrong');
      assert.equal(wrong.code, 28, wrong.said);
      assert.match(wrong.said, /535 5\.7\.8/);
      const dialog = await openSecure();
      const plain = encodePlain('user_b', 'user_a', 'app password');
      assert.match(await dialog.say(`AUTH PLAIN ${plain}`), /^535 5\.7\.8/);
      dialog.close();
    });

    const signIn = async () => {
      const dialog = await openSecure();
      assert.match(await dialog.say(`AUTH PLAIN ${encodePlain('', 'alice', 'app password')}`), /^235/);
      return dialog;
    };

    test('what they ask of the way is kept with the mail; their ENVID names no send key', async () => {
      const dialog = await signIn();
      const asked = 'REQUIRETLS RET=HDRS ENVID=fwd_1+2B2 SMTPUTF8 BODY=8BITMIME';
      assert.match(await dialog.say(`MAIL FROM:<${FROM}> ${asked}`), /^250/);
      const notify = 'NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2Bc@x.test';
      assert.match(await dialog.say(`RCPT TO:<böb@x.test> ${notify}`), /^250/);
      assert.match(await dialog.say('DATA'), /^354/);
      dialog.write(`From: ${FROM}\r\nTLS-Required: No\r\n\r\nñ\r\n`);
      assert.match(await dialog.say('.'), /^250/);
      const mail = queued.at(-1)!;
      const { requireTls, tlsOptional, dsn, utf8, eightBit, sendKey } = mail;
      assert.deepEqual(
        { requireTls, tlsOptional, dsn, utf8, eightBit },
        {
          requireTls: true,
          tlsOptional: false,
          dsn: { ret: 'HDRS', envid: 'fwd_1+2' },
          utf8: true,
          eightBit: true,
        },
      );
      assert.equal(sendKey, mail.id);
      assert.deepEqual(
        [mail.recipients[0]?.notify, mail.recipients[0]?.original],
        ['SUCCESS,DELAY', 'rfc822;b+c@x.test'],
      );
      dialog.close();
    });

    test('parameters that make no sense are refused, and addresses beyond ASCII without SMTPUTF8', async () => {
      const dialog = await signIn();
      for (const bad of ['RET=SOME', 'REQUIRETLS=1', 'BODY=BINARYMIME', 'SIZE=x', 'ENVID=a ENVID=b']) {
        assert.match(await dialog.say(`MAIL FROM:<${FROM}> ${bad}`), /^501 5\.5\.4/, bad);
      }
      assert.match(await dialog.say('MAIL FROM:<älice@own.test>'), /^553 5\.6\.7/);
      assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^250/);
      assert.match(await dialog.say('RCPT TO:<böb@x.test>'), /^553 5\.6\.7/);
      for (const bad of ['NOTIFY=NEVER,DELAY', 'NOTIFY=SOMETIMES', 'ORCPT=x']) {
        assert.match(await dialog.say(`RCPT TO:<b@x.test> ${bad}`), /^501 5\.5\.4/, bad);
      }
      dialog.close();
      const clear = await openDialog(server.port);
      assert.doesNotMatch(await clear.say('EHLO x'), /REQUIRETLS/);
      clear.close();
      const secure = await openDialog(server.port);
      await secure.say('EHLO x');
      await secure.say('STARTTLS');
      await secure.startTls({ servername: 'relay.test', ca: authority.cert });
      assert.match(await secure.say('EHLO x'), /^250[ -]REQUIRETLS\r?$/m);
      secure.close();
    });

    test('several mails in one session, cut into packets anywhere, keep every byte', async () => {
      const dialog = await signIn();
      const before = queued.length;
      const text = `From: ${FROM}\r\nMessage-ID: <1@own.test>\r\nDate: x\r\n\r\n..a\r\n...\r\nb.\r\n.\r\n`;
      const commands = `MAIL FROM:<${FROM}>\r\nRCPT TO:<b@x.test>\r\nDATA\r\n${text}`;
      const bytes = Buffer.from(commands.repeat(3));
      for (let at = 0; at < bytes.length; at += 7) dialog.write(bytes.subarray(at, at + 7));
      for (const start of Array.from({ length: 3 }, () => ['250', '250', '354', '250 2.0.0 queued']).flat()) {
        const reply = await dialog.read();
        assert.ok(reply.startsWith(start), `${start}: ${reply}`);
      }
      for (const mail of queued.slice(before)) {
        assert.ok(mail.body.toString().endsWith('Date: x\r\n\r\n.a\r\n..\r\nb.\r\n'), mail.body.toString());
      }
      assert.equal(queued.length, before + 3);
      dialog.close();
    });

    test('lines that end with LF alone are no commands', async () => {
      const dialog = await signIn();
      dialog.write('NOOP\n');
      assert.match(await dialog.read(), /^421 4\.5\.2 lines end with CRLF/);
      await assert.rejects(dialog.read());
    });

    test('an app password that is taken back ends its sessions, and no other', async () => {
      const [gone, other] = [await signIn(), await openSecure()];
      await other.say(AUTH);
      const farewell = gone.read();
      for (const listener of revoke) listener({ kind: 'session', id: 'app_1', at: Date.now() });
      assert.match(await farewell, /^421 4\.7\.0/);
      assert.match(await other.say('NOOP'), /^250/);
      other.close();
    });
  });
});
