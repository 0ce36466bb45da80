import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Account } from '../../../common/shapes/account.ts';
import type { PolicySettings } from '../../../common/shapes/policy.ts';
import { onBothEngines } from '../engines.ts';
import { untilSettled } from '../layer/sample-layer.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';

onBothEngines('policies', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let admin: TestUser;
  let ana: TestUser;
  let account: Account;

  before(async () => {
    running = await startServer({ database: engine.setting() });
    home = await running.enrolHome();
    const setupCode = running.server.setupCode() ?? '';
    admin = await registerUser(running, 'root', { setupCode });
    ana = await registerUser(running, 'ana');
    const secrets = { pop3Password: 'ana-secret' };
    account = await ana.client.account.add.mutate({ settings: sampleSettings({ keep: 'days:7' }), secrets });
  });
  after(async () => await running.stop());

  const demand = async (settings: PolicySettings, of = 'organisation'): Promise<void> => {
    const { revision } = await admin.client.policy.get.query({ of });
    await admin.client.policy.set.mutate({ of, base: revision, settings });
    await untilSettled(admin.client);
  };
  const look = async (): Promise<Account> => await ana.client.account.get.query({ id: account.id });
  const add = async (change: Parameters<typeof sampleSettings>[0]): Promise<string> => {
    const pop3 = { ...sampleSettings().pop3, user: 'second' };
    const settings = sampleSettings({ pop3, ...change });
    const call = ana.client.account.add.mutate({ settings, secrets: { pop3Password: 'x' } });
    const { code, reason } = await refusal(call);
    return `${code}/${reason}`;
  };
  const use = async (): Promise<{ keep: string } | string> => {
    const take = { user: ana.id, accounts: [account.id], purpose: 'test' as const };
    const { leases } = await home.client.schedule.take.mutate(take);
    const lease = leases[0]?.id ?? '';
    try {
      const call = { lease, account: account.id, purpose: 'test' as const };
      return (await home.client.credential.use.mutate(call)).settings;
    } catch (error) {
      return (await refusal(Promise.reject(error))).reason ?? '';
    } finally {
      const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
      await home.client.schedule.report.mutate({ lease, result });
    }
  };

  test('a host that is no longer allowed: the account stands still, says why, and goes on later', async () => {
    assert.notEqual((await look()).state, 'paused');
    await demand({ allowedHosts: ['*.uni.example'] });
    const stopped = await look();
    assert.equal(stopped.state, 'paused');
    assert.equal(stopped.nextTry, null);
    assert.deepEqual(
      [stopped.error?.code, stopped.error?.reason, stopped.error?.params],
      ['host-not-allowed', 'policy-host', { host: 'pop.example.org' }],
    );
    assert.equal(await use(), 'policy-host', 'no secret goes there, whoever asks');
    assert.equal(
      (await refusal(ana.client.account.pause.mutate({ id: account.id, paused: false }))).reason,
      'policy-host',
    );
    assert.equal(await add({}), 'host-not-allowed/policy-host');
    const smtp = { host: 'smtp.example.org', port: 465, tls: 'implicit', user: 'ana', auth: 'auto' } as const;
    const pop3 = { ...sampleSettings().pop3, host: 'pop.uni.example' };
    assert.equal(await add({ pop3, send: { way: 'smarthost', smtp } }), 'host-not-allowed/policy-host');
    const settings = sampleSettings({ pop3: { ...pop3, host: 'pop.elsewhere.example' } });
    const check = home.client.policy.check.query({ user: ana.id, settings });
    assert.equal((await refusal(check)).reason, 'policy-host');

    await demand({});
    const again = await look();
    assert.equal(again.state, 'new');
    assert.notEqual(again.nextTry, null);
    assert.equal(again.error, null);
  });

  test('an account may not send by a host that is no longer allowed', async () => {
    const pop3 = { ...sampleSettings().pop3, host: 'pop.uni.example' };
    const smtp = { host: 'smtp.else.example', port: 465, tls: 'implicit', user: 'e', auth: 'auto' } as const;
    const email = 'ana@uni.example';
    const settings = sampleSettings({ email, pop3, send: { way: 'smarthost', smtp } });
    const secrets = { pop3Password: 'x', smtpPassword: 'y' };
    const { id } = await ana.client.account.add.mutate({ settings, secrets });
    const relay = await running.enrol('smtp-relay');
    const asked = async () => await relay.client.sender.authorise.query({ user: ana.id, from: email });
    assert.equal((await asked()).allowed, true);
    await demand({ allowedHosts: ['*.uni.example'] });
    const { allowed, reason } = await asked();
    assert.deepEqual([allowed, reason], [false, 'smarthost-forbidden']);
    const submit = { queueId: 'queue_1', user: ana.id, account: id };
    assert.equal((await refusal(relay.client.credential.submit.mutate(submit))).reason, 'policy-host');
    await demand({});
    await ana.client.account.remove.mutate({ id });
  });

  test('retention, interval and own accounts', async () => {
    await demand({ leastKeep: 'days:30', smallestInterval: 600 });
    assert.equal((await look()).currentInterval, 600, 'polled more seldom');
    const used = await use();
    assert.equal(typeof used === 'string' ? used : used.keep, 'days:30', 'nothing is deleted sooner');
    assert.equal(await add({ keep: 'delete' }), 'forbidden/policy-keep');
    assert.equal(await add({ keep: 'mirror' }), 'forbidden/policy-keep');
    assert.equal(await add({ interval: 60 }), 'forbidden/policy-interval');
    await demand({ leastKeep: 'always' });
    assert.equal(await add({ keep: 'days:3650' }), 'forbidden/policy-keep-always');
    await demand({ ownAccounts: false });
    assert.equal((await look()).error?.reason, 'policy-own-accounts');
    assert.equal(await add({}), 'forbidden/policy-own-accounts');
    await demand({});
    assert.equal((await look()).state, 'new');
  });

  test('registration is only made stricter, and sessions that would last do not', async () => {
    const guest = running.client();
    await demand({ registration: 'closed', remember: false });
    assert.equal((await guest.session.options.query()).registration, 'closed');
    const register = { name: 'eva', password: 'correct horse battery' };
    assert.equal((await refusal(guest.session.register.mutate(register))).reason, 'registration-closed');
    const input = { name: 'ana', password: register.password, remember: true };
    const session = await guest.session.signIn.mutate(input);
    assert.ok('session' in session);
    await demand({});
    const longer = await guest.session.signIn.mutate(input);
    assert.ok('session' in longer);
    assert.ok(session.session.expiresAt < longer.session.expiresAt);
  });

  test('a group can be stricter and never milder; its quota reaches the home with the profile', async () => {
    const { group } = await admin.client.group.add.mutate({ name: 'Guests' });
    await admin.client.user.setGroup.mutate({ id: ana.id, group: group.id });
    const { revision } = await home.client.profile.read.query({ user: ana.id });
    await demand({ quotaBytes: 5_000_000_000 });
    await demand({ quotaBytes: 1_000_000_000, remember: true }, group.id);
    const read = await home.client.profile.read.query({ user: ana.id, since: revision });
    assert.equal(read.quotaBytes, 1_000_000_000);
    assert.ok(read.revision > revision, 'the home hears of it');
    await demand({ quotaBytes: 9_000_000_000 }, group.id);
    assert.equal((await home.client.profile.read.query({ user: ana.id })).quotaBytes, 5_000_000_000);
    assert.equal((await ana.client.policy.own.query()).quotaBytes, 5_000_000_000);
    const settings = { registration: 'open' as const };
    const set = admin.client.policy.set.mutate({ of: group.id, base: 2, settings });
    assert.equal((await refusal(set)).reason, 'policy-registration');
  });

  test('who changes a policy that somebody else has changed sees it first', async () => {
    const { revision } = await admin.client.policy.get.query({ of: 'organisation' });
    const change = { of: 'organisation', base: revision - 1, settings: { remember: false } };
    const { code, current } = await refusal(admin.client.policy.set.mutate(change));
    assert.equal(code, 'conflict');
    assert.equal((current as { revision: number }).revision, revision);
  });
});
