import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { HOUR } from '../../../common/time.ts';
import { PollHours } from '../../../profile-server/health/heat-map/poll-hours.ts';
import { listHours } from '../../../profile-server/health/heat-map/poll-hour-store.ts';
import { countHealth, EVERYTHING, listHealth } from '../../../profile-server/health/health-store.ts';
import { decideAccountState } from '../../../profile-server/account/account-state.ts';
import { verifyAudit } from '../../../profile-server/audit/audit-store.ts';
import { addGroup, putGroupAdmins } from '../../../profile-server/group/group-store.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { GOOD, failure, NOW } from '../sample-poll.ts';
import { refusal, startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';
import type { Database } from '../../../server-kit/database/database.ts';

onBothEngines('the health of accounts', (engine) => {
  let running: RunningServer;
  let db: Database;
  let home: EnrolledPart;
  let admin: TestUser;
  let lead: TestUser;
  let ana: TestUser;
  let bea: TestUser;
  const ids: Record<string, string> = {};
  before(async () => {
    const database = engine.setting();
    running = await startServer({ database });
    home = await running.enrolHome();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    [lead, ana, bea] = [
      await registerUser(running, 'lead'),
      await registerUser(running, 'ana'),
      await registerUser(running, 'bea'),
    ];
    const add = async (user: TestUser, email: string, host: string): Promise<string> => {
      const pop3 = { ...sampleSettings().pop3, host, user: email };
      const settings = sampleSettings({ email, pop3 });
      const secrets = { pop3Password: `secret of ${email}` };
      return (await user.client.account.add.mutate({ settings, secrets })).id;
    };
    ids['ana'] = await add(ana, 'ana@uni.example', 'pop.uni.example');
    ids['bea'] = await add(bea, 'bea@uni.example', 'pop.uni.example');
    ids['other'] = await add(bea, 'bea@gmail.com', 'pop.gmail.com');
    const file = `${running.dataDir}/profile.sqlite`;
    db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
    await db.write(async (tx) => {
      await addGroup(tx, { id: 'group_1', name: 'Physics', name_key: 'physics', created_at: NOW });
      await putGroupAdmins(tx, 'group_1', [lead.id]);
      await tx.run('UPDATE user SET group_id = ? WHERE id IN (?, ?)', ['group_1', ana.id, lead.id]);
    });
    running.clock.advance(5000);
    const { leases } = await home.client.schedule.claim.mutate({ max: 10, wait: false });
    assert.equal(leases.length, 3);
    for (const { id, account } of leases) {
      const line = '-ERR [SYS/TEMP] maintenance, token=abcdef0123456789';
      const broken = account !== ids['other'];
      const result = broken ? failure('server-error', { serverLine: line }) : GOOD;
      await home.client.schedule.report.mutate({ lease: id, result });
    }
  });
  after(async () => {
    await db?.close();
    await running?.stop();
  });

  it('an admin sees every account with its state and why, cut of what looks like a secret', async () => {
    const { accounts, counts, next } = await admin.client.health.accounts.query({});
    assert.deepEqual(
      accounts.map(({ user, email, state, group }) => [user.name, email, state, group?.name ?? null]),
      [
        ['ana', 'ana@uni.example', 'failing', 'Physics'],
        ['bea', 'bea@uni.example', 'failing', null],
        ['bea', 'bea@gmail.com', 'ok', null],
      ].toSorted((a, b) => (a[0] === b[0] ? (ids['bea']! < ids['other']! ? 0 : -1) : 0)),
    );
    assert.equal(next, null);
    assert.deepEqual([counts?.failing, counts?.ok, counts?.late], [2, 1, 0]);
    assert.equal(accounts[0]?.error?.serverLine, '-ERR [SYS/TEMP] maintenance, token=***');
    assert.doesNotMatch(JSON.stringify(accounts), /secret of/);
  });

  it('filters narrow, pages follow one another', async () => {
    const names = async (filter: object): Promise<string[]> =>
      (await admin.client.health.accounts.query(filter)).accounts.map(({ email }) => email).toSorted();
    assert.deepEqual(await names({ state: 'ok' }), ['bea@gmail.com']);
    assert.deepEqual(await names({ troubled: true }), ['ana@uni.example', 'bea@uni.example']);
    assert.deepEqual(await names({ provider: 'google' }), ['bea@gmail.com']);
    assert.deepEqual(await names({ host: 'POP.uni.example' }), ['ana@uni.example', 'bea@uni.example']);
    assert.deepEqual(await names({ group: 'group_1' }), ['ana@uni.example']);
    assert.deepEqual(await names({ code: 'server-error' }), ['ana@uni.example', 'bea@uni.example']);
    assert.deepEqual(await names({ query: 'GMAIL' }), ['bea@gmail.com']);
    assert.deepEqual(await names({ query: 'an' }), ['ana@uni.example']);
    assert.deepEqual(await names({ query: '%' }), []);
    const first = await admin.client.health.accounts.query({ limit: 2 });
    const rest = await admin.client.health.accounts.query({ limit: 2, after: first.next });
    assert.equal(new Set([...first.accounts, ...rest.accounts].map(({ id }) => id)).size, 3);
    assert.equal(rest.counts, null);
  });

  it('says of each account in SQL what is said of one by itself', async () => {
    const now = running.clock.now() + 30 * 24 * HOUR;
    const records = await listHealth(db.read, EVERYTHING, { now, limit: 10, after: null });
    const counted = await countHealth(db.read, EVERYTHING, now);
    const expected = new Map<string, number>();
    for (const record of records) {
      const state = decideAccountState(record, now);
      expected.set(state, (expected.get(state) ?? 0) + 1);
    }
    assert.deepEqual(new Map(counted.map(({ state, count }) => [state, count])), expected);
    assert.deepEqual([...expected.keys()].toSorted(), ['failing', 'late']);
  });

  it('group admins see their group and nothing else; users see nothing', async () => {
    const { accounts, counts } = await lead.client.health.accounts.query({});
    assert.deepEqual(
      accounts.map(({ email }) => email),
      ['ana@uni.example'],
    );
    assert.equal(counts?.ok, 0);
    const { rows } = await lead.client.health.providers.query();
    assert.deepEqual(
      rows.map(({ name, accounts }) => [name, accounts]),
      [['pop.uni.example', 1]],
    );
    assert.deepEqual(rows[0]?.cells.at(-1), { polls: 1, failed: 1 });
    assert.equal((await refusal(ana.client.health.accounts.query({}))).code, 'forbidden');
    assert.equal((await refusal(ana.client.health.providers.query())).reason, 'admins-only');
    const own = ids['other'] ?? '';
    assert.equal(
      (await refusal(lead.client.health.fix.mutate({ account: own, interval: 600 }))).code,
      'not-found',
    );
  });

  it('the map shows which polls failed', async () => {
    const { rows, hours } = await admin.client.health.providers.query();
    assert.equal(hours.length, 48);
    assert.deepEqual(
      rows.map(({ name, failing, cells }) => [name, failing, cells.at(-1)]),
      [
        ['pop.uni.example', 2, { polls: 2, failed: 2 }],
        ['Gmail (Google)', 0, { polls: 1, failed: 0 }],
      ],
    );
  });

  it('tries all of a provider at once', async () => {
    const early = await home.client.schedule.claim.mutate({ max: 10, wait: false });
    assert.deepEqual(early.leases, []);
    assert.deepEqual(await lead.client.health.retry.mutate({ host: 'pop.uni.example' }), { accounts: 1 });
    assert.deepEqual(await admin.client.health.retry.mutate({ provider: 'pop.uni.example' }), {
      accounts: 2,
    });
    const { leases } = await home.client.schedule.claim.mutate({ max: 10, wait: false });
    assert.deepEqual(
      leases.map(({ account }) => account).toSorted(),
      ['ana', 'bea'].map((name) => ids[name] ?? '').toSorted(),
    );
    for (const { id } of leases) {
      await home.client.schedule.report.mutate({ lease: id, result: failure('auth-failed') });
    }
    assert.deepEqual(await admin.client.health.retry.mutate({ host: 'pop.uni.example' }), { accounts: 0 });
    const refused = { host: 'pop.uni.example', refused: true };
    assert.deepEqual(await admin.client.health.retry.mutate(refused), { accounts: 2 });
  });

  it('a group admin mends port and encryption of his group, and sends no password elsewhere', async () => {
    const from = 'pop.uni.example';
    const mend = async (who: TestUser, to: object, more: object = {}) =>
      await who.client.health.mend.mutate({
        from,
        to: { host: from, port: 110, tls: 'starttls', ...to },
        dryRun: false,
        ...more,
      } as never);
    const dry = await mend(lead, {}, { dryRun: true });
    assert.deepEqual([dry.changed, dry.confirm, dry.problems.length], [1, false, 0]);
    assert.equal((await refusal(mend(lead, { host: 'evil.example' }))).reason, 'password-elsewhere');
    assert.equal((await refusal(mend(lead, { tls: 'none' }))).reason, 'password-elsewhere');
    assert.deepEqual(
      (await mend(lead, { port: 2110 })).problems.map(({ reason }) => reason),
      ['own-port'],
    );
    assert.equal((await mend(lead, {})).changed, 1);
    const { accounts } = await ana.client.account.list.query();
    assert.deepEqual(accounts[0]?.pop3, {
      host: from,
      port: 110,
      tls: 'starttls',
      user: 'ana@uni.example',
      auth: 'auto',
    });
  });

  it('an organisation admin moves all to another host, typed, and the passwords go with them', async () => {
    const change = {
      from: 'pop.uni.example',
      to: { host: 'mail.uni.example', port: 995, tls: 'implicit' },
      dryRun: false,
    } as const;
    assert.equal((await admin.client.health.mend.mutate({ ...change, dryRun: true })).confirm, true);
    assert.equal((await refusal(admin.client.health.mend.mutate(change))).reason, 'confirm-host');
    const done = await admin.client.health.mend.mutate({ ...change, confirm: 'mail.uni.example' });
    assert.deepEqual([done.changed, done.users, done.problems], [2, 2, []]);
    running.clock.advance(5000);
    const { leases } = await home.client.schedule.claim.mutate({ max: 10, wait: false });
    const lease = leases.find(({ account }) => account === ids['bea'])!;
    const use = { lease: lease.id, account: lease.account, purpose: 'retrieve' } as const;
    const { settings, secret } = await home.client.credential.use.mutate(use);
    assert.deepEqual([settings.pop3.host, secret], ['mail.uni.example', 'secret of bea@uni.example']);
    const { entries } = await admin.client.audit.list.query({ action: 'account.mend', subject: bea.id });
    assert.deepEqual(
      entries.map(({ actor, subject, detail }) => [actor.name, subject.name, detail['to']]),
      [['admin', 'bea', 'mail.uni.example']],
    );
    const { notes } = await bea.client.session.securityNotes.query();
    assert.partialDeepStrictEqual(notes[0], {
      what: 'account-moved',
      byAdmin: 'admin',
      name: 'mail.uni.example',
    });
    assert.equal(await verifyAudit(db.read), null);
  });

  it('policy keeps accounts off other hosts', async () => {
    const { revision } = await admin.client.policy.get.query({ of: 'organisation' });
    const settings = { allowedHosts: ['*.uni.example'] };
    await admin.client.policy.set.mutate({ of: 'organisation', base: revision, settings });
    running.clock.advance(10_000);
    const to = { host: 'pop.elsewhere.example', port: 995, tls: 'implicit' } as const;
    const change = { from: 'mail.uni.example', to, dryRun: true };
    const { changed, problems } = await admin.client.health.mend.mutate(change);
    assert.deepEqual(
      [changed, problems.map(({ reason }) => reason)],
      [0, ['host-not-allowed', 'host-not-allowed']],
    );
  });

  it('a single account is fixed within the same limits', async () => {
    const account = ids['ana'] ?? '';
    await lead.client.health.fix.mutate({ account, interval: 900, paused: true });
    const own = (await ana.client.account.list.query()).accounts[0];
    assert.deepEqual([own?.interval, own?.paused], [900, true]);
    const pop3 = { host: 'evil.example' };
    const refused = await refusal(lead.client.health.fix.mutate({ account, pop3, confirm: 'evil.example' }));
    assert.equal(refused.reason, 'password-elsewhere');
  });

  it('hours are summed in memory and written once for each host and group', async () => {
    const hours = new PollHours(db);
    for (let n = 0; n < 5; n += 1) hours.count(ana.id, 'slow.example', failure('timeout'), NOW);
    hours.count(bea.id, 'slow.example', failure('in-use'), NOW);
    await hours.flush();
    hours.count(bea.id, 'slow.example', GOOD, NOW);
    await hours.flush();
    const of = async (groups: string[] | null) =>
      (await listHours(db.read, NOW / HOUR - 1, groups)).filter(({ host }) => host === 'slow.example');
    const hour = Math.floor(NOW / HOUR);
    assert.deepEqual(await of(null), [{ hour, host: 'slow.example', polls: 7, failed: 5 }]);
    assert.deepEqual(await of(['group_1']), [{ hour, host: 'slow.example', polls: 5, failed: 5 }]);
  });
});
