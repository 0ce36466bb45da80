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
import { sendMail } from '../../harness/relay.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { noLimits } from './no-limits.ts';

const FROM = 'alice@own.test';
const AUTH = `AUTH PLAIN ${encodePlain('user_a', 'storage_a', 'token')}`;

describe('submission beyond loopback', { skip: missingComponent('openssl') }, () => {
  const directory = makeTempDir('submission-tls');
  const revoke: ((revocation: Revocation) => void)[] = [];
  const queued: NewMail[] = [];
  let profileIsAway = false;
  let trustIsBlind = false;
  let later = 0;
  let authority: Authority;
  let server: SubmissionServer;

  before(async () => {
    authority = makeAuthority(directory.path);
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
      tls: authority.issue(['relay.test']),
      trust,
      profile: {
        checkAppPassword: async ({ login, password }) => {
          if (password !== 'app password') throw new MailError('sign-in-failed', 'x');
          return { user: login, home: 'storage_a', appPassword: 'app_1' };
        },
        authoriseSender: async () => {
          if (profileIsAway) throw new MailError('unavailable', 'away');
          const none = { account: null, identity: null, name: null, send: null, reason: null };
          return { ...none, allowed: true, home: 'storage_a' };
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
});
