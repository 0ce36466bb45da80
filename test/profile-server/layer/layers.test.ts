import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Account } from '../../../common/shapes/account.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import type { ProfileItem } from '../../../common/shapes/profile.ts';
import type { Rule } from '../../../common/shapes/rule.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';
import { give, itemsOf, sampleAccount, untilSettled, valueOf } from './sample-layer.ts';

const ORGANISATION = 'organisation';

type AccountItem = Omit<ProfileItem, 'value'> & { value: Account };

onBothEngines('layers', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let admin: TestUser;
  let ana: TestUser;
  let group: string;
  let account: { id: string; revision: number };

  before(async () => {
    running = await startServer({ database: engine.setting() });
    home = await running.enrolHome();
    const setupCode = running.server.setupCode() ?? '';
    admin = await registerUser(running, 'root', { setupCode });
    ana = await registerUser(running, 'Ana');
    group = (await admin.client.group.add.mutate({ name: 'Mathematics' })).group.id;
    await admin.client.user.setGroup.mutate({ id: ana.id, group });
  });
  after(async () => await running.stop());

  const accountOf = async (user: TestUser): Promise<AccountItem> => {
    const items = await itemsOf(user, 'accounts');
    const found = items.find(({ layer }) => layer !== undefined);
    assert.ok(found !== undefined, 'there is an account of the layer');
    return found as AccountItem;
  };

  test('an account of the organisation comes to everybody with names filled in, and waits for the password', async () => {
    account = await give(admin.client, ORGANISATION, 'accounts', sampleAccount());
    await untilSettled(admin.client);
    const { value, layer } = await accountOf(ana);
    assert.equal(value.email, 'ana@uni.example');
    assert.equal(value.pop3.user, 'ana@uni.example');
    assert.equal(value.state, 'needs-sign-in');
    assert.equal(value.error?.reason, 'layer-password');
    assert.deepEqual(layer, { of: ORGANISATION, name: null, locked: null });
    const [identity] = await itemsOf(ana, 'identities');
    assert.equal((identity!.value as Identity).address, 'ana@uni.example');
    assert.equal((identity!.value as Identity).account, value.id);
    // Name and date are for whoever writes the mail.
    assert.equal((identity!.value as Identity).signature?.text, '{{name}}\nMathematics, {{date}}');
  });

  test('the user gives the password; it stays when the layer changes, and goes nowhere else', async () => {
    const { value, revision } = await accountOf(ana);
    const { id, state: _, ...settings } = value;
    await ana.client.account.edit.mutate({
      id,
      base: revision,
      settings: { ...settings, interval: 900 },
      secrets: { pop3Password: 'ana-secret' },
    });
    const pop3 = { ...sampleAccount().pop3, port: 110, tls: 'starttls' as const };
    const changed = sampleAccount({ pop3, keep: 'delete' });
    account = await give(admin.client, ORGANISATION, 'accounts', changed, {
      id: account.id,
      base: account.revision,
    });
    await untilSettled(admin.client);
    const moved = await accountOf(ana);
    assert.equal(moved.value.pop3.port, 110);
    assert.equal(moved.value.interval, 900, 'what the user chose stays');
    assert.equal(moved.value.keep, 'always', 'what deletes more is his to confirm');
    assert.equal(moved.value.state, 'new', 'polled on with the password that is kept');
    const { leases } = await home.client.schedule.take.mutate({
      user: ana.id,
      accounts: [id],
      purpose: 'check',
    });
    const used = await home.client.credential.use.mutate({
      lease: leases[0]?.id ?? '',
      account: id,
      purpose: 'retrieve',
    });
    assert.equal(used.secret, 'ana-secret');

    const elsewhere = { ...pop3, host: 'pop.evil.example' };
    account = await give(admin.client, ORGANISATION, 'accounts', sampleAccount({ pop3: elsewhere }), {
      id: account.id,
      base: account.revision,
    });
    await untilSettled(admin.client);
    const { value: gone } = await accountOf(ana);
    assert.equal(gone.state, 'needs-sign-in');
    assert.equal(gone.error?.reason, 'layer-moved');
    const test = await home.client.schedule.take.mutate({ user: ana.id, accounts: [id], purpose: 'test' });
    const refused = await refusal(
      home.client.credential.use.mutate({ lease: test.leases[0]?.id ?? '', account: id, purpose: 'test' }),
    );
    assert.equal(refused.reason, 'no-password');
  });

  test('what is locked refuses its user with the words of the admin, and secrets are still his', async () => {
    account = await give(admin.client, ORGANISATION, 'accounts', sampleAccount(), {
      id: account.id,
      base: account.revision,
      locked: 'The computing centre keeps this account.',
    });
    await untilSettled(admin.client);
    const { value, revision, layer } = await accountOf(ana);
    assert.equal(layer?.locked, 'The computing centre keeps this account.');
    assert.equal(value.interval, 300, 'locked, all is as the layer says');
    const { id, state: _, ...settings } = value;
    const edit = { id, base: revision, secrets: {} };
    const refusals = [
      ana.client.account.edit.mutate({ ...edit, settings: { ...settings, interval: 600 } }),
      ana.client.account.remove.mutate({ id }),
      ana.client.account.pause.mutate({ id, paused: true }),
    ];
    for (const { code, reason, params } of await Promise.all(refusals.map(refusal))) {
      assert.deepEqual([code, reason], ['forbidden', 'locked']);
      assert.equal(params?.['why'], 'The computing centre keeps this account.');
    }
    await ana.client.account.edit.mutate({ ...edit, settings, secrets: { pop3Password: 'new' } });
    const [identity] = await itemsOf(ana, 'identities');
    const { part, id: which, revision: base } = identity as ProfileItem;
    const change = { part, id: which, base, value: { ...(identity?.value as Identity), name: 'Me' } };
    assert.equal((await refusal(ana.client.profile.change.mutate(change))).reason, 'locked');
    // What is stale too is no conflict: another try would be refused as well.
    const stale = ana.client.profile.change.mutate({ ...change, base: base - 1 });
    assert.equal((await refusal(stale)).reason, 'locked');
    const old = ana.client.account.edit.mutate({
      ...edit,
      base: 1,
      settings: { ...settings, interval: 600 },
    });
    assert.equal((await refusal(old)).reason, 'locked');
  });

  test('a rule and a preference of a group: its users only, the locked one of the organisation wins', async () => {
    const rule: Rule = {
      name: 'For {{group}}',
      enabled: true,
      position: 1,
      script: 'require "fileinto"; if address "to" "{{email}}" { fileinto "{{group}}"; }',
    };
    await give(admin.client, group, 'rules', rule);
    await give(admin.client, ORGANISATION, 'preferences', 30, { id: 'undoSeconds' });
    await give(admin.client, group, 'preferences', 20, { id: 'undoSeconds' });
    await give(admin.client, ORGANISATION, 'preferences', 'dark', {
      id: 'theme',
      locked: 'Our screens are old.',
    });
    await give(admin.client, group, 'preferences', 'light', { id: 'theme' });
    await untilSettled(admin.client);
    const [given] = await itemsOf(ana, 'rules');
    assert.equal((given!.value as Rule).name, 'For Mathematics');
    assert.match((given!.value as Rule).script, /"ana@uni\.example" \{ fileinto "Mathematics"/);
    assert.deepEqual(given?.layer, { of: 'group', name: 'Mathematics', locked: null });
    assert.deepEqual(await itemsOf(admin, 'rules'), []);
    assert.equal(await valueOf(ana, 'preferences', 'undoSeconds'), 20);
    assert.equal(await valueOf(admin, 'preferences', 'undoSeconds'), 30);
    assert.equal(await valueOf(ana, 'preferences', 'theme'), 'dark');
    const theme = (await itemsOf(ana, 'preferences')).find(({ id }) => id === 'theme') as ProfileItem;
    const change = { part: 'preferences' as const, id: 'theme', base: theme.revision, value: 'light' };
    assert.equal((await refusal(ana.client.profile.change.mutate(change))).reason, 'locked');
  });

  test('who leaves the group loses what it gave, and has again what stood there before', async () => {
    const rule = (await itemsOf(ana, 'rules'))[0] as ProfileItem;
    await admin.client.user.setGroup.mutate({ id: ana.id, group: null });
    await untilSettled(admin.client);
    assert.deepEqual(await itemsOf(ana, 'rules'), []);
    assert.equal(await valueOf(ana, 'preferences', 'undoSeconds'), 30);
    // Nobody brings back what a layer has taken away.
    const dry = await ana.client.profile.restore.mutate({ revision: rule.revision, at: null, dryRun: false });
    assert.equal(dry.items.find(({ id }) => id === rule.id)?.change, 'stays');
    assert.deepEqual(await itemsOf(ana, 'rules'), []);
    await admin.client.user.setGroup.mutate({ id: ana.id, group });
    await untilSettled(admin.client);
    assert.equal((await itemsOf(ana, 'rules')).length, 1);
  });

  test('who is new finds everything at the first sign-in', async () => {
    const eva = await registerUser(running, 'eva');
    const accounts = eva.signedIn.profile.items.filter(({ part }) => part === 'accounts');
    assert.deepEqual(
      accounts.map(({ value }) => (value as Account).email),
      ['eva@uni.example'],
    );
    const file = await eva.client.profile.export.query();
    assert.deepEqual(
      file.items.filter(({ part }) => part === 'accounts' || part === 'identities'),
      [],
    );
  });

  test('an own account on the same maildrop takes the place of the new one and keeps its password', async () => {
    const pop3 = { ...sampleAccount().pop3, host: 'pop.chem.example', user: 'root@chem.example' };
    const own = await admin.client.account.add.mutate({
      settings: sampleSettings({ email: 'root@chem.example', pop3, interval: 1200 }),
      secrets: { pop3Password: 'root-secret' },
    });
    const value = sampleAccount({ email: '{{user}}@chem.example', pop3: { ...pop3, user: '{{email}}' } });
    const given = await give(admin.client, ORGANISATION, 'accounts', value, { locked: 'As all have it.' });
    await untilSettled(admin.client);
    const { value: now } = await refetch(own.id);
    assert.equal(now.interval, 300);
    assert.equal(now.state, 'new');
    await give(admin.client, ORGANISATION, 'accounts', null, { id: given.id, base: given.revision });
    await untilSettled(admin.client);
    const after = await refetch(own.id);
    assert.equal(after.layer, undefined, 'it is his again');
    assert.equal((await itemsOf(ana, 'accounts')).length, 1, 'those who had none lose it');
  });

  const refetch = async (id: string): Promise<AccountItem> =>
    (await itemsOf(admin, 'accounts')).find((item) => item.id === id) as AccountItem;

  test('a mended host takes the layer along, whatever it locks, and passwords go with it', async () => {
    const given = await accountOf(ana);
    const { id, state: _, ...settings } = given.value;
    const edit = { id, base: given.revision, settings, secrets: { pop3Password: 'once more' } };
    await ana.client.account.edit.mutate(edit);
    const to = { host: 'mail.other.example', port: 995, tls: 'implicit' } as const;
    const change = { from: 'pop.uni.example', to, dryRun: true };
    const outlook = await admin.client.health.mend.mutate(change);
    const layer = { of: ORGANISATION, name: null, email: '{{user}}@uni.example', problem: null };
    assert.deepEqual([outlook.problems, outlook.layers, outlook.confirm], [[], [layer], true]);
    const done = await admin.client.health.mend.mutate({ ...change, dryRun: false, confirm: to.host });
    assert.deepEqual([done.changed >= 1, done.layers], [true, [layer]]);
    await untilSettled(admin.client);
    const mended = await accountOf(ana);
    assert.equal(mended.value.pop3.host, to.host);
    assert.notEqual(mended.value.state, 'needs-sign-in');
    const bob = await registerUser(running, 'Bob');
    await untilSettled(admin.client);
    assert.equal((await accountOf(bob)).value.pop3.host, to.host, 'who comes later has it too');
  });

  test('admins of a group change its layer and no other', async () => {
    await admin.client.group.setAdmins.mutate({ id: group, users: [ana.id] });
    const value = { name: 'Hello', subject: '', text: 'Hello from {{group}}', html: null };
    await give(ana.client, group, 'templates', value);
    await untilSettled(admin.client);
    const [text] = await itemsOf(ana, 'templates');
    assert.equal((text!.value as { text: string }).text, 'Hello from Mathematics');
    const other = (await admin.client.group.add.mutate({ name: 'Physics' })).group.id;
    const answers = await Promise.all(
      [ORGANISATION, other].map(async (of) => await refusal(give(ana.client, of, 'templates', value))),
    );
    assert.deepEqual(
      answers.map(({ code, reason }) => [code, reason]),
      [
        ['forbidden', 'admins-only'],
        ['not-found', 'group'],
      ],
    );
    const set = ana.client.policy.set.mutate({ of: group, base: 0, settings: { remember: false } });
    assert.equal((await refusal(set)).code, 'forbidden');
  });

  test('a restart goes on where it was', async () => {
    const before = await itemsOf(ana, 'templates');
    const change = give(admin.client, ORGANISATION, 'templates', {
      name: 'After',
      subject: '',
      text: 'x',
      html: null,
    });
    await change;
    await running.restart();
    await untilSettled(admin.client);
    assert.equal((await itemsOf(ana, 'templates')).length, before.length + 1);
  });
});
