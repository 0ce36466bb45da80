import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { Tokens } from '../../../common/shapes/session.ts';
import { MINUTE } from '../../../common/time.ts';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { openPersonalKey } from '../../../profile-server/vault/personal/personal-key.ts';
import { KeyRing } from '../../../profile-server/vault/master-key.ts';
import { readRoot } from '../../../profile-server/vault/master/open-master-key.ts';
import { parseKeys } from '../../../profile-server/vault/master/key-text.ts';
import { openSecret } from '../../../profile-server/vault/keep-secret.ts';
import { makeOwnProcess } from '../../../profile-server/vault/process/own-process.ts';
import type { ProfileContext } from '../../../profile-server/context.ts';
import type { DatabaseSetting } from '../../../server-kit/database/database.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeAuthenticator, type SoftAuthenticator } from '../../fakes/authenticator.ts';
import { expectSession } from '../../harness/expect-session.ts';
import { onBothEngines } from '../engines.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';

onBothEngines('accounts that only their user can open', (engine) => {
  let running: RunningServer;
  let setting: DatabaseSetting;
  let home: EnrolledPart;
  let relay: EnrolledPart;
  let ana: TestUser;
  let account: string;
  let kept: Tokens;
  const smtp = { host: 'smtp.example.org', port: 587, tls: 'starttls', user: 'ana', auth: 'auto' } as const;
  const settings: AccountSettings = sampleSettings({
    signedInOnly: true,
    send: { way: 'smarthost', smtp },
  });
  const secrets = { pop3Password: 'pop-secret-1', smtpPassword: 'smtp-secret-2' };

  before(async () => {
    setting = engine.setting();
    running = await startServer({ database: setting });
    home = await running.enrolHome();
    relay = await running.enrol('smtp-relay');
    ana = await registerUser(running, 'ana', { setupCode: running.server.setupCode() ?? '' });
  });
  after(async () => await running.stop());

  const poll = async (): Promise<string> => {
    const accounts = [account];
    const taken = await home.client.schedule.take.mutate({ user: ana.id, accounts, purpose: 'test' });
    const lease = taken.leases[0]?.id ?? '';
    try {
      const { secret } = await home.client.credential.use.mutate({ lease, account, purpose: 'test' });
      await home.client.schedule.report.mutate({
        lease,
        result: { ok: true, new: 0, bytes: 0, messages: 1 },
      });
      return secret;
    } catch (error) {
      await home.client.schedule.report.mutate({
        lease,
        result: { ok: true, new: 0, bytes: 0, messages: 1 },
      });
      throw error;
    }
  };
  const lockedPoll = async (): Promise<string | null> => (await refusal(poll())).reason;
  const signIn = async (password = PASSWORD, name = 'ana'): Promise<Tokens> => {
    const signedIn = await running.client().session.signIn.mutate({ name, password });
    assert.ok(!('step' in signedIn));
    return signedIn;
  };
  const refresh = async (tokens: Tokens): Promise<Tokens> =>
    await running.client().session.refresh.mutate({ refreshToken: tokens.refreshToken ?? '' });
  const signOut = async (tokens: Tokens): Promise<unknown> =>
    await running.client(tokens.tokens.profile).session.signOut.mutate();

  test('the first one asks for the password, which makes the key', async () => {
    const add = { settings, secrets };
    const error = await refusal(ana.client.account.add.mutate(add));
    assert.deepEqual([error.code, error.reason], ['needs-sign-in', 'locked-until-password']);
    const wrong = await refusal(ana.client.session.unlock.mutate({ password: 'not the password' }));
    assert.equal(wrong.code, 'sign-in-failed');
    kept = await ana.client.session.unlock.mutate({ password: PASSWORD });
    assert.equal(kept.refreshToken?.split('.').length, 4);
    const client = running.client(kept.tokens.profile);
    const added = await client.account.add.mutate(add);
    assert.equal(added.signedInOnly, true);
    account = added.id;
    assert.equal(await poll(), secrets.pop3Password);
  });

  test('a refresh passes the key on, and a lost answer does not lose it', async () => {
    const first = await refresh(kept);
    const again = await refresh(kept);
    running.clock.advance(14 * MINUTE);
    kept = await refresh(first);
    assert.notEqual(again.refreshToken, first.refreshToken);
    running.clock.advance(14 * MINUTE);
    assert.equal(await poll(), secrets.pop3Password);
  });

  test('without the session nobody opens it: database, master key and all that was logged', async () => {
    const tokens = kept.refreshToken ?? '';
    await signOut(kept);
    assert.equal(await lockedPoll(), 'locked-until-password');
    await assertSealed(tokens);
    const submit = { queueId: 'queue_1', user: ana.id, account };
    const error = await refusal(relay.client.credential.submit.mutate(submit));
    assert.equal(error.reason, 'locked-until-password');
  });

  test('the schedule stops without an error storm, and a sign-in by password goes on', async () => {
    running.clock.advance(10 * MINUTE);
    const { leases } = await home.client.schedule.claim.mutate({ max: 5, wait: false });
    const [lease] = leases;
    assert.equal(lease?.account, account);
    const use = { lease: lease.id, account, purpose: 'retrieve' as const };
    const error = await refusal(home.client.credential.use.mutate(use));
    const wire = { message: 'locked', serverLine: null, params: {}, field: null, retryAfter: null };
    const result = { ok: false as const, error: { ...wire, code: error.code, reason: error.reason ?? null } };
    await home.client.schedule.report.mutate({ lease: lease.id, result });
    running.clock.advance(10 * MINUTE);
    assert.equal((await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases.length, 0);
    kept = await signIn();
    const [shown] = (await running.client(kept.tokens.profile).account.list.query()).accounts;
    assert.deepEqual([shown?.state, shown?.failingSince, shown?.error], ['new', null, null]);
    assert.equal((await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases.length, 1);
    running.clock.advance(2 * MINUTE);
  });

  test('a restart keeps it closed until the session comes with its token', async () => {
    await running.restart();
    assert.equal(await lockedPoll(), 'locked-until-password');
    kept = await refresh(kept);
    assert.equal(await poll(), secrets.pop3Password);
    running.clock.advance(16 * MINUTE);
    assert.equal(await lockedPoll(), 'locked-until-password', 'the access token is over');
    kept = await refresh(kept);
  });

  test('another password opens it afterwards, the one before does not', async () => {
    const client = running.client(kept.tokens.profile);
    const changed = 'another long password 9';
    await client.session.changePassword.mutate({ old: PASSWORD, new: changed, endOthers: true });
    await signOut(kept);
    assert.equal(await lockedPoll(), 'locked-until-password');
    kept = await signIn(changed);
    assert.equal(await poll(), secrets.pop3Password);
    await running
      .client(kept.tokens.profile)
      .session.changePassword.mutate({ old: changed, new: PASSWORD, endOthers: true });
  });

  test('taken back, it is polled without its user again', async () => {
    const client = running.client(kept.tokens.profile);
    const base = null;
    const open = { ...settings, signedInOnly: false };
    await client.account.edit.mutate({ id: account, base, settings: open });
    await signOut(kept);
    assert.equal(await poll(), secrets.pop3Password);
    kept = await signIn();
    const again = running.client(kept.tokens.profile);
    await again.account.edit.mutate({ id: account, base, settings });
    await signOut(kept);
    assert.equal(await lockedPoll(), 'locked-until-password');
  });

  test('a passkey that was let do it opens it alone, others do not', async () => {
    kept = await signIn();
    const client = running.client(kept.tokens.profile);
    const device = makeAuthenticator(running.url);
    const plain = makeAuthenticator(running.url, { computes: false });
    const add = async (by: SoftAuthenticator): Promise<string> => {
      const made = await client.factor.beginPasskey.mutate({ proof: { password: PASSWORD } });
      const newPasskey = by.create(made.options);
      await client.factor.addPasskey.mutate({ ticket: made.ticket, name: 'Key', newPasskey });
      return (await client.factor.list.query()).passkeys.at(-1)?.id ?? '';
    };
    const [phone, ring] = [await add(device), await add(plain)];
    assert.equal(await client.session.askOpening.mutate({ passkey: null }), null);
    const letOpen = async (passkey: string, by: SoftAuthenticator, password = PASSWORD): Promise<object> => {
      const asked = await client.session.askOpening.mutate({ passkey });
      assert.ok(asked !== null);
      assert.equal(asked.options.userVerification, 'required');
      const answer = by.get(asked.options);
      return await client.factor.letOpen.mutate({ ticket: asked.ticket, answer, password });
    };
    assert.equal((await refusal(letOpen(phone, device, 'not the password'))).code, 'sign-in-failed');
    assert.equal((await refusal(letOpen(ring, plain))).reason, 'passkey-computes-nothing');
    await letOpen(phone, device);
    const { opening, passkeys } = await client.factor.list.query();
    assert.deepEqual([opening, ...passkeys.map(({ opens }) => opens)], [true, true, false]);
    await signOut(kept);
    const alone = async (by: SoftAuthenticator): Promise<Tokens> => {
      const { ticket, options } = await running.client().session.passkeyOptions.mutate({});
      const given = { ticket, passkey: by.get(options) };
      return await expectSession(running.client().session.answer.mutate(given));
    };
    kept = await alone(plain);
    assert.equal(await lockedPoll(), 'locked-until-password');
    await signOut(kept);
    kept = await alone(device);
    assert.equal(await poll(), secrets.pop3Password);
    kept = await refresh(kept);
    const again = running.client(kept.tokens.profile);
    const password = 'another long password 9';
    await again.session.changePassword.mutate({ old: PASSWORD, new: password, endOthers: true });
    await signOut(kept);
    await assertSealed(kept.refreshToken ?? '');
    kept = await alone(device);
    assert.equal(await poll(), secrets.pop3Password, 'whatever the password is');
    await running.client(kept.tokens.profile).factor.endOpening.mutate({ id: phone });
    await signOut(kept);
    kept = await alone(device);
    assert.equal(await lockedPoll(), 'locked-until-password');
    await running
      .client(kept.tokens.profile)
      .session.changePassword.mutate({ old: password, new: PASSWORD, endOthers: true });
  });

  test('a session without a password is opened by the passkey, and a reset forgets that one too', async () => {
    const device = makeAuthenticator(running.url);
    const client = running.client(kept.tokens.profile);
    const made = await client.factor.beginPasskey.mutate({ proof: { password: PASSWORD } });
    const newPasskey = device.create({ ...made.options, excludeCredentials: [] });
    await client.factor.addPasskey.mutate({ ticket: made.ticket, name: 'Tablet', newPasskey });
    const passkey = (await client.factor.list.query()).passkeys.at(-1)?.id ?? '';
    const ask = async (which: string | null) => {
      const asked = await client.session.askOpening.mutate({ passkey: which });
      assert.ok(asked !== null);
      return { ticket: asked.ticket, answer: device.get(asked.options) };
    };
    const early = await refusal(client.session.unlock.mutate({ passkey: await ask(passkey) }));
    assert.equal(early.reason, 'passkey-opens-nothing');
    await client.factor.letOpen.mutate({ ...(await ask(passkey)), password: PASSWORD });
    device.manners.verifiesUser = false;
    const unverified = await refusal(client.session.unlock.mutate({ passkey: await ask(null) }));
    assert.equal(unverified.reason, 'passkey', 'whoever has found it could hold it');
    device.manners.verifiesUser = true;
    kept = await client.session.unlock.mutate({ passkey: await ask(null) });
    assert.equal(kept.refreshToken?.split('.').length, 4);
    assert.equal(await poll(), secrets.pop3Password);
    const bea = await registerUser(running, 'bea');
    await client.user.setAdmin.mutate({ id: bea.id, admin: true });
    const boss = running.client((await signIn(PASSWORD, 'bea')).tokens.profile);
    const { code } = await boss.user.reset.mutate({ id: ana.id, how: 'hand' });
    const redeem = { name: 'ana', code: code ?? '', newPassword: 'a third long password 7' };
    assert.ok('step' in (await running.client().session.redeem.mutate(redeem)), 'the factor stays');
    const { ticket, options } = await running.client().session.passkeyOptions.mutate({});
    const given = { ticket, passkey: device.get(options) };
    const fresh = await expectSession(running.client().session.answer.mutate(given));
    const empty = running.client(fresh.tokens.profile);
    assert.equal(await empty.session.askOpening.mutate({ passkey: null }), null);
    assert.equal((await empty.factor.list.query()).opening, false);
    const [left] = (await empty.account.list.query()).accounts;
    assert.equal(left?.state, 'needs-sign-in');
  });

  /** Whoever has the database and the master key, as this test does, and old tokens too. */
  async function assertSealed(oldToken: string): Promise<void> {
    const file = join(running.dataDir, 'profile.sqlite');
    const db = await openDatabase({
      database: setting,
      file,
      schema: 'profile',
      migrations,
      log: silentLogger,
    });
    try {
      const ring = new KeyRing((size) => Buffer.alloc(size));
      const text = readFileSync(join(running.dataDir, 'master.key'), 'utf8');
      for (const key of parseKeys(text, 'master.key')) ring.add(key);
      await readRoot(db, ring);
      const random = (size: number): Uint8Array => Buffer.alloc(size, 7);
      const thief = {
        db,
        masterKey: ring,
        random,
        clock: running.clock,
        vault: { ring, process: makeOwnProcess(random), lent: new Map() },
        passwords: { deriveKey: async () => Buffer.alloc(32) },
        log: silentLogger,
      } as unknown as ProfileContext;
      const place = { user: ana.id, account, kind: 'pop3' as const };
      const open = db.write(async (tx) => await openSecret(thief, tx, place, 'within'));
      await assert.rejects(open, { reason: 'locked-until-password' });
      assert.equal(await openPersonalKey(thief, ana.id, oldToken), null);
      const wraps = await db.read.all('SELECT * FROM personal_key_session');
      const opened = await db.read.all('SELECT o.* FROM opened_key o JOIN session s ON s.id = o.session');
      assert.deepEqual(opened, [], 'nothing that the running process could open');
      assert.ok(!JSON.stringify(wraps).includes(oldToken.split('.')[3] ?? '?'));
    } finally {
      await db.close();
    }
  }
});
