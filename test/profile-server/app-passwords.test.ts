import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { HOUR, MINUTE } from '../../common/time.ts';
import {
  hashAppPassword,
  makeAppPassword,
  normaliseAppPassword,
} from '../../profile-server/app-password/app-password-rule.ts';
import { verifyAudit } from '../../profile-server/audit/audit-store.ts';
import { migrations } from '../../profile-server/migrations/migrations.ts';
import type { DatabaseSetting } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { onBothEngines } from './engines.ts';
import { registerUser, sampleSettings, type TestUser } from './sample.ts';
import { type EnrolledPart, type RunningServer, refusal, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

test('an app password has four groups of five signs, is taken however it is typed, and nothing else is', () => {
  const made = new Set(Array.from({ length: 500 }, () => makeAppPassword(randomBytes)));
  assert.equal(made.size, 500);
  const seen = new Set([...made].join('').replaceAll('-', ''));
  assert.equal(seen.size, 32, 'five bits a sign');
  for (const password of made) assert.match(password, /^[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}$/);
  const signs = 'abcdefghijkmnpqrstuv';
  for (const typed of [signs, 'ABCDE-FGHIJ-KMNPQ-RSTUV', ' abcde fghij\tkmnpq rstuv ']) {
    assert.equal(normaliseAppPassword(typed), signs, typed);
  }
  for (const wrong of [
    '',
    'abc',
    `${signs}a`,
    signs.replace('a', 'l'),
    signs.replace('a', '0'),
    'ä'.repeat(20),
  ]) {
    assert.equal(normaliseAppPassword(wrong), null, wrong);
  }
  assert.notEqual(hashAppPassword(Buffer.from('k'), signs), hashAppPassword(Buffer.from('l'), signs));
});

onBothEngines('app passwords', (engine) => {
  let running: RunningServer;
  let ana: TestUser;
  let home: EnrolledPart;
  let relay: EnrolledPart;
  let database: DatabaseSetting;
  const address = '192.0.2.7';

  before(async () => {
    database = engine.setting();
    running = await startServer({ database });
    home = await running.enrol('storage-server');
    relay = await running.enrol('smtp-relay');
    await home.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
    const submission = { host: '127.0.0.1', port: 2525, tls: false };
    await relay.client.part.announce.mutate({ url: 'http://localhost:2', submission });
    ana = await registerUser(running, 'ana');
    await ana.client.account.add.mutate({ settings: sampleSettings(), secrets: { pop3Password: 'x' } });
  });
  after(async () => await running.stop());

  const check = async (login: string, password: string, from = address) =>
    await relay.client.appPassword.check.mutate({ login, password, address: from });

  test('one is made, told once, good for its user by name and by address, and listed with its use', async () => {
    const made = await ana.client.appPassword.add.mutate({ name: '  Phone ' });
    assert.deepEqual(
      { ...made, id: '', password: '', createdAt: '' },
      {
        id: '',
        name: 'Phone',
        login: 'ana',
        password: '',
        scopes: ['submit'],
        createdAt: '',
        submission: { host: '127.0.0.1', port: 2525, tls: false },
      },
    );
    const proven = { user: ana.id, home: home.id, appPassword: made.id };
    for (const login of ['ana', 'ANA', 'ana@example.org', 'Ana@Example.ORG']) {
      assert.deepEqual(await check(login, made.password), proven, login);
    }
    assert.deepEqual(await check('ana', made.password.toUpperCase().replaceAll('-', ' ')), proven);
    const { appPasswords } = await ana.client.appPassword.list.query();
    const [listed] = appPasswords;
    assert.deepEqual(
      [appPasswords.length, listed?.name, listed?.lastAddress, Object.keys(listed ?? {}).length],
      [1, 'Phone', address, 6],
    );
    assert.ok(Date.parse(listed?.lastUsed ?? '') > 0);
    running.clock.advance(2 * MINUTE);
    await check('ana', made.password, '2001:db8::7');
    const later = (await ana.client.appPassword.list.query()).appPasswords[0];
    assert.equal(later?.lastAddress, '2001:db8::7');
    assert.ok(Date.parse(later?.lastUsed ?? '') >= Date.parse(listed?.lastUsed ?? '') + 2 * MINUTE);
  });

  test('nothing else is: other logins, other passwords, the user’s own password, a disabled user', async () => {
    const { password } = await ana.client.appPassword.add.mutate({ name: 'x' });
    const bea = await registerUser(running, 'bea');
    const attempts: [string, string][] = [
      ['bea', password],
      ['bea@example.org', password],
      ['nobody', password],
      ['ana', makeAppPassword(randomBytes)],
      ['ana', 'correct horse battery'],
      ['ana', `${password}a`],
    ];
    for (const [n, [login, tried]] of attempts.entries()) {
      const refused = await refusal(check(login, tried, `198.51.100.${n}`));
      assert.equal(refused.code, 'sign-in-failed', `${login} ${n}`);
    }
    const own = await bea.client.appPassword.add.mutate({ name: 'x' });
    assert.equal((await check('bea', own.password)).user, bea.id);
  });

  test('wrong ones are delayed for login and address, and right ones never', async () => {
    const { password } = await ana.client.appPassword.add.mutate({ name: 'y' });
    const from = '203.0.113.9';
    const codes: string[] = [];
    for (let n = 0; n < 6; n++) codes.push((await refusal(check('ana', 'wrong', from))).code);
    assert.deepEqual(codes.slice(0, 4), Array(4).fill('sign-in-failed'));
    const limited = await refusal(check('ana', 'wrong', from));
    assert.deepEqual([codes[5], limited.code], ['too-many-tries', 'too-many-tries']);
    assert.ok((limited.retryAfter ?? 0) > 0);
    assert.equal((await refusal(check('ana', 'wrong', '203.0.113.10'))).code, 'sign-in-failed');
    assert.equal((await check('ana', password, from)).user, ana.id);
    assert.equal((await refusal(check('ana', 'wrong', from))).code, 'sign-in-failed', 'forgotten');
    const signedIn = await expectSession(
      running.client().session.signIn.mutate({ name: 'ana', password: 'correct horse battery' }),
    );
    assert.equal(signedIn.user.id, ana.id);
  });

  test('removing one refuses it at once and tells the parts; others stay', async () => {
    const made = await ana.client.appPassword.add.mutate({ name: 'old' });
    const kept = await ana.client.appPassword.add.mutate({ name: 'kept' });
    const { seq } = await relay.client.session.revoked.query({ since: 0, wait: false });
    const news = relay.client.session.revoked.query({ since: seq, wait: true });
    assert.deepEqual(await ana.client.appPassword.remove.mutate({ id: made.id }), { removed: made.id });
    assert.deepEqual(
      (await news).revoked.map(({ kind, id }) => [kind, id]),
      [['session', made.id]],
    );
    assert.equal((await refusal(check('ana', made.password, '192.0.2.99'))).code, 'sign-in-failed');
    assert.equal((await check('ana', kept.password)).appPassword, kept.id);
    const again = await refusal(ana.client.appPassword.remove.mutate({ id: made.id }));
    assert.deepEqual([again.code, again.reason], ['not-found', 'app-password']);
  });

  test('names and their number have limits', async () => {
    for (const name of ['', '   ', 'a\nb', 'x'.repeat(101)]) {
      assert.equal((await refusal(ana.client.appPassword.add.mutate({ name }))).reason, 'app-password-name');
    }
    const carla = await registerUser(running, 'carla');
    for (let n = 0; n < 50; n++) await carla.client.appPassword.add.mutate({ name: `n${n}` });
    assert.equal(
      (await refusal(carla.client.appPassword.add.mutate({ name: 'more' }))).reason,
      'app-passwords',
    );
  });

  test('the database holds no password, and the log of acts says who made and removed one', async () => {
    const made = await ana.client.appPassword.add.mutate({ name: 'secret one' });
    await check('ana', made.password);
    await ana.client.appPassword.remove.mutate({ id: made.id });
    if (database.engine === 'sqlite') {
      const signs = made.password.replaceAll('-', '');
      for (const one of readdirSync(running.dataDir, { withFileTypes: true })) {
        if (!one.isFile()) continue;
        const { name } = one;
        const bytes = readFileSync(join(running.dataDir, name), 'latin1');
        assert.ok(!bytes.includes(made.password) && !bytes.includes(signs), name);
      }
    }
    const file = join(running.dataDir, 'profile.sqlite');
    const db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
    const acts = await db.read.all<{ actor: string; action: string }>(
      'SELECT actor, action FROM audit WHERE subject = ? ORDER BY seq',
      [made.id],
    );
    assert.deepEqual(
      acts.map(({ actor, action }) => [actor, action]),
      [
        [ana.id, 'app-password.add'],
        [ana.id, 'app-password.remove'],
      ],
    );
    assert.equal(await verifyAudit(db.read), null);
    await db.close();
  });

  test('a disabled user’s programs are refused, and let in again when enabled', async () => {
    const admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    const dora = await registerUser(running, 'dora');
    const { password } = await dora.client.appPassword.add.mutate({ name: 'x' });
    await admin.client.user.disable.mutate({ id: dora.id });
    assert.equal((await refusal(check('dora', password))).code, 'sign-in-failed');
    await admin.client.user.enable.mutate({ id: dora.id });
    running.clock.advance(HOUR);
    assert.equal((await check('dora', password)).user, dora.id);
  });
});
