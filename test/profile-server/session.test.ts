import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { toWireError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import { PASSWORD_LENGTH } from '../../profile-server/password/choice/password-rule.ts';
import { type RunningServer, refusal, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

const PASSWORD = 'correct horse battery';

describe('sessions over HTTP', () => {
  let running: RunningServer;
  before(async () => {
    running = await startServer();
  });
  after(async () => await running.stop());

  test('a user registers, is somebody, signs out and is nobody at once', async () => {
    const signedIn = await expectSession(
      running.client().session.register.mutate({ name: 'Ana', password: PASSWORD }),
    );
    assert.equal(signedIn.user.name, 'Ana');
    assert.equal(signedIn.user.admin, false);
    assert.equal(signedIn.home, null);
    const mailboxes = signedIn.profile.items.filter((item) => item.part === 'mailboxes');
    assert.deepEqual(mailboxes.map((item) => (item.value as { role: string }).role).sort(), [
      'archive',
      'drafts',
      'inbox',
      'junk',
      'sent',
      'trash',
    ]);
    const ana = running.client(signedIn.tokens.profile);
    const who = await ana.session.whoami.query();
    assert.deepEqual(who.user, signedIn.user);
    assert.deepEqual(await ana.session.signOut.mutate(), { ended: signedIn.session.id });
    const refused = await refusal(ana.session.whoami.query());
    assert.equal(refused.code, 'not-signed-in');
    assert.equal(refused.reason, 'session-ended');
  });

  test('a name is taken in every form of it', async () => {
    await running.client().session.register.mutate({ name: 'José', password: PASSWORD });
    for (const name of ['josé', 'JOSÉ', 'Jose\u0301', ' José ']) {
      const refused = await refusal(running.client().session.register.mutate({ name, password: PASSWORD }));
      assert.equal(refused.code, 'name-taken', name);
      assert.equal(refused.field, 'name');
    }
    await running.client().session.register.mutate({ name: 'Jose', password: PASSWORD });
  });

  test('a wrong password and an unknown name get the same answer', async () => {
    await running.client().session.register.mutate({ name: 'bea', password: PASSWORD });
    const wrong = await refusal(
      running.client().session.signIn.mutate({ name: 'bea', password: 'wrong one' }),
    );
    const unknown = await refusal(
      running.client().session.signIn.mutate({ name: 'nobody', password: 'wrong one' }),
    );
    assert.equal(wrong.code, 'sign-in-failed');
    assert.deepEqual(toWireError(unknown), toWireError(wrong));
  });

  test('wrong passwords are slowed down, the right one is let in all the same', async () => {
    await running.client().session.register.mutate({ name: 'carla', password: PASSWORD });
    const codes: string[] = [];
    for (let n = 0; n < 6; n++) {
      const refused = await refusal(
        running.client().session.signIn.mutate({ name: 'carla', password: `wrong ${n}` }),
      );
      codes.push(refused.code);
      if (refused.code === 'too-many-tries') assert.ok((refused.retryAfter ?? 0) >= 1);
    }
    assert.deepEqual(
      codes.slice(0, 4),
      Array.from({ length: 4 }, () => 'sign-in-failed'),
    );
    assert.equal(codes.at(-1), 'too-many-tries');
    const signedIn = await expectSession(
      running.client().session.signIn.mutate({ name: 'carla', password: PASSWORD }),
    );
    assert.equal(signedIn.user.name, 'carla');
  });

  test('a program that guesses on is not even looked at, until it has waited', async () => {
    await running.client().session.register.mutate({ name: 'dora', password: PASSWORD });
    for (let n = 0; n < 100; n++) {
      await refusal(running.client().session.signIn.mutate({ name: 'dora', password: `wrong ${n}` }));
    }
    const refused = await refusal(
      running.client().session.signIn.mutate({ name: 'dora', password: PASSWORD }),
    );
    assert.equal(refused.code, 'too-many-tries');
    running.clock.advance(((refused.retryAfter ?? 0) + 1) * SECOND);
    await running.client().session.signIn.mutate({ name: 'dora', password: PASSWORD });
  });

  test('a session tells when it acted last', async () => {
    const signedIn = await expectSession(
      running.client().session.register.mutate({ name: 'ida', password: PASSWORD }),
    );
    const ida = running.client(signedIn.tokens.profile);
    const seen = async (): Promise<number> =>
      Date.parse((await ida.session.list.query()).sessions[0]!.lastSeen);
    const before = await seen();
    running.clock.advance(60 * SECOND);
    assert.equal(await seen(), before, 'kept to two minutes');
    running.clock.advance(90 * SECOND);
    assert.ok((await seen()) >= before + 150 * SECOND);
  });

  test('refresh tokens rotate; an old one ends the session for whoever holds a copy', async () => {
    const signedIn = await expectSession(
      running.client().session.register.mutate({ name: 'eva', password: PASSWORD }),
    );
    const first = signedIn.refreshToken ?? '';
    const second =
      (await running.client().session.refresh.mutate({ refreshToken: first })).refreshToken ?? '';
    assert.notEqual(second, first);
    const again = await running.client().session.refresh.mutate({ refreshToken: first });
    assert.equal(again.refreshToken, second, 'a lost answer is given again');
    running.clock.advance(31 * SECOND);
    const reused = await refusal(running.client().session.refresh.mutate({ refreshToken: first }));
    assert.equal(reused.reason, 'token-reused');
    const ended = await refusal(running.client().session.refresh.mutate({ refreshToken: second }));
    assert.equal(ended.reason, 'session-ended');
    const whoami = await refusal(running.client(again.tokens.profile).session.whoami.query());
    assert.equal(whoami.code, 'not-signed-in');
  });

  test('everybody may ask what this server is', async () => {
    const file = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(file) as { version: string };
    const options = await running.client().session.options.query();
    assert.deepEqual(options, {
      registration: 'open',
      setupNeeded: true,
      version,
      oidc: [],
      ldap: false,
      passkeys: true,
      lab: 'offered',
      remember: true,
      passwordLeast: 8,
      passwordLeastWithFactor: PASSWORD_LENGTH.minWithFactor,
    });
  });

  test('a password is the same however the keyboard composes it', async () => {
    await running.client().session.register.mutate({ name: 'gema', password: 'una contrase\u00f1a de Gema' });
    await running.client().session.signIn.mutate({ name: 'gema', password: 'una contrasen\u0303a de Gema' });
  });

  test('the metrics count what happened, without names', async () => {
    const text = await (await fetch(`${running.url}/metrics`)).text();
    assert.match(text, /^valija_profile_sign_ins_total\{result="limited"\} [1-9]\d*$/m);
    assert.match(text, /^valija_profile_refreshes_total\{result="reused"\} 1$/m);
    assert.match(text, /^valija_profile_polls_total\{result="ok"\} 0$/m);
    assert.doesNotMatch(text, /carla|127\.0\.0\.1/);
  });

  test('a made-up refresh token ends nothing', async () => {
    const signedIn = await expectSession(
      running.client().session.register.mutate({ name: 'flor', password: PASSWORD }),
    );
    const forged = `${signedIn.session.id}.1.${'A'.repeat(43)}`;
    const refused = await refusal(running.client().session.refresh.mutate({ refreshToken: forged }));
    assert.equal(refused.reason, 'session-ended');
    assert.equal((await running.client(signedIn.tokens.profile).session.list.query()).sessions.length, 1);
  });
});
