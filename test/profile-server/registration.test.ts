import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { PASSWORD, registerUser } from './sample.ts';
import { type RunningServer, type StartOptions, refusal, startServer } from './start-server.ts';

async function withServer(
  options: StartOptions,
  work: (running: RunningServer) => Promise<void>,
): Promise<void> {
  const running = await startServer(options);
  try {
    await work(running);
  } finally {
    await running.stop();
  }
}

describe('who may register', () => {
  test('five wrong setup codes make a new one; a start makes a new one; nobody is admin by being first', async () => {
    await withServer({}, async (running) => {
      const first = await registerUser(running, 'first');
      assert.equal(first.signedIn.user.admin, false);
      const code = running.server.setupCode() ?? '';
      assert.match(code, /^[\w-]{22}$/);
      const attempt = async (setupCode: string, name: string) =>
        await running.client().session.register.mutate({ name, password: PASSWORD, setupCode });
      for (let n = 0; n < 4; n++) await refusal(attempt('wrong', `w${n}`));
      assert.equal(running.server.setupCode(), code);
      await refusal(attempt('wrong', 'w5'));
      const second = running.server.setupCode() ?? '';
      assert.notEqual(second, code);
      assert.equal((await refusal(attempt(code, 'late'))).reason, 'setup-code');
      await running.restart();
      const third = running.server.setupCode() ?? '';
      assert.notEqual(third, second);
      const answers = await Promise.allSettled(
        ['a1', 'a2', 'a3'].map(async (name) => await attempt(third, name)),
      );
      assert.equal(
        answers.filter((answer) => answer.status === 'fulfilled').length,
        1,
        'one admin by one code',
      );
      assert.equal(running.server.setupCode(), null);
      await running.restart();
      assert.equal(running.server.setupCode(), null);
    });
  });

  test('a taken name does not use the setup code up', async () => {
    await withServer({}, async (running) => {
      await registerUser(running, 'ana');
      const setupCode = running.server.setupCode() ?? '';
      const taken = { name: 'ana', password: PASSWORD, setupCode };
      assert.equal((await refusal(running.client().session.register.mutate(taken))).code, 'name-taken');
      const admin = await registerUser(running, 'admin', { setupCode });
      assert.equal(admin.signedIn.user.admin, true);
    });
  });

  test('by invitation: each is good once', async () => {
    await withServer({ settings: { registration: 'invite' } }, async (running) => {
      const without = await refusal(
        running.client().session.register.mutate({ name: 'x', password: PASSWORD }),
      );
      assert.equal(without.reason, 'invite-needed');
      const admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
      const { invite } = await admin.client.session.makeInvite.mutate();
      const register = running.client().session.register;
      await register.mutate({ name: 'ana', password: PASSWORD, invite });
      const again = await refusal(register.mutate({ name: 'bea', password: PASSWORD, invite }));
      assert.equal(again.reason, 'invite');
    });
  });

  test('closed is closed', async () => {
    await withServer({ settings: { registration: 'closed' } }, async (running) => {
      assert.equal((await running.client().session.options.query()).registration, 'closed');
      const refused = await refusal(
        running.client().session.register.mutate({ name: 'x', password: PASSWORD }),
      );
      assert.equal(refused.reason, 'registration-closed');
    });
  });

  test('names and passwords that cannot be say why', async () => {
    await withServer({ settings: { passwordLeast: 15 } }, async (running) => {
      const attempt = async (name: string, password: string) =>
        await refusal(running.client().session.register.mutate({ name, password }));
      const bad = await attempt('a/b', PASSWORD);
      assert.deepEqual([bad.code, bad.field, bad.reason], ['invalid', 'name', 'user-name-characters']);
      const short = await attempt('ana', 'short');
      assert.deepEqual([short.field, short.reason, short.params['min']], ['password', 'password-short', 15]);
    });
  });

  test('a burst of guesses is judged one after the other; right ones at once all pass', async () => {
    await withServer({}, async (running) => {
      await registerUser(running, 'ana');
      const signIn = async (password: string) =>
        await running.client().session.signIn.mutate({ name: 'ana', password });
      await Promise.all(Array.from({ length: 10 }, async () => await signIn(PASSWORD)));
      const guesses = Array.from({ length: 120 }, async (_, n) => await refusal(signIn(`guess ${n}`)));
      const codes = (await Promise.all(guesses)).map((refused) => refused.code);
      assert.equal(codes.filter((code) => code === 'sign-in-failed').length, 4);
      assert.equal((await refusal(signIn(PASSWORD))).code, 'too-many-tries', 'now it is a program');
    });
  });
});

test('a wrong master key is refused at the start, the right one opens everything again', async () => {
  await withServer({}, async (running) => {
    await registerUser(running, 'ana');
    const path = join(running.dataDir, 'master.key');
    const right = readFileSync(path);
    chmodSync(path, 0o600);
    for (const [content, code] of [
      [randomBytes(32).toString('base64'), 'unavailable'],
      ['short', 'usage'],
    ] as const) {
      writeFileSync(path, content);
      await assert.rejects(running.restart(), { code });
    }
    rmSync(path);
    await assert.rejects(running.restart(), { code: 'unavailable', reason: 'wrong-master-key' });
    assert.ok(!existsSync(path), 'no new key in the place of the lost one');
    writeFileSync(path, right);
    await running.start();
    await running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD });
  });
});
