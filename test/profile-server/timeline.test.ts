import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY, HOUR, MINUTE, SECOND } from '../../common/time.ts';
import type { PollResult } from '../../profile-server/schedule/poll-result.ts';
import { onBothEngines } from './engines.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from './sample.ts';
import { GOOD, failure } from './sample-poll.ts';
import { type EnrolledPart, type RunningServer, refusal, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

onBothEngines('timeline and pause', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let admin: TestUser;
  let ana: TestUser;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    home = await running.enrolHome();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running.stop());

  /** Days later: nobody's session lives that long. */
  const passTime = async (ms: number): Promise<void> => {
    running.clock.advance(ms);
    const signIn = async (user: TestUser): Promise<TestUser> => {
      const { name } = user;
      const signedIn = await expectSession(
        running.client().session.signIn.mutate({ name, password: PASSWORD }),
      );
      return { ...user, signedIn, client: running.client(signedIn.tokens.profile) };
    };
    [ana, admin] = [await signIn(ana), await signIn(admin)];
  };
  const add = async (host: string, change: Parameters<typeof sampleSettings>[0] = {}) => {
    const settings = sampleSettings({ pop3: { ...sampleSettings().pop3, host }, ...change });
    const secrets = { pop3Password: 'secret' };
    const account = await ana.client.account.add.mutate({ settings, secrets });
    running.clock.advance(5 * SECOND);
    return account;
  };
  const check = async (account: string) =>
    await home.client.schedule.take.mutate({ user: ana.id, accounts: [account], purpose: 'check' });
  const poll = async (account: string, result: PollResult) => {
    const lease = (await check(account)).leases[0]?.id ?? '';
    assert.deepEqual(await home.client.schedule.report.mutate({ lease, result }), { lost: false });
  };
  const claimed = async (account: string) =>
    (await home.client.schedule.claim.mutate({ max: 50, wait: false })).leases.some(
      (lease) => lease.account === account,
    );

  test('what polls brought and how they failed, newest first, in pages, for the user and for an admin', async () => {
    const { id } = await add('timeline.example.org');
    const empty = await ana.client.account.timeline.query({ id, before: null });
    assert.deepEqual([empty.entries, empty.days, empty.next, empty.lastSuccess], [[], [], null, null]);
    for (let n = 0; n < 3; n++) await poll(id, GOOD);
    await poll(id, { ok: true, new: 2, bytes: 100, messages: 2 });
    await passTime(DAY);
    await poll(id, { ok: true, new: 1, bytes: 50, messages: 3 });
    const refused = failure('timeout', { serverLine: '-ERR later' });
    for (let n = 0; n < 2; n++) await poll(id, refused);
    const whole = await ana.client.account.timeline.query({ id, before: null });
    assert.deepEqual(
      whole.entries.map(({ polls, new: mails, bytes, error }) => [polls, mails, bytes, error?.code ?? null]),
      [
        [2, 0, 0, 'timeout'],
        [2, 3, 150, null],
        [3, 0, 0, null],
      ],
    );
    const [failed] = whole.entries;
    assert.equal(failed?.error?.serverLine, '-ERR later');
    assert.ok(failed.from <= failed.to && failed.from >= whole.entries[1]!.to);
    assert.deepEqual(
      whole.days.map(({ mails, bytes }) => [mails, bytes]),
      [
        [1, 50],
        [2, 100],
      ],
    );
    assert.match(whole.days[0]!.day, /^\d{4}-\d\d-\d\d$/);
    assert.equal(whole.currentInterval, 300);
    assert.ok(whole.lastSuccess !== null && whole.nextTry !== null);
    const pages = [];
    for (let before: string | null = null; pages.length < 5;) {
      const page: typeof whole = await ana.client.account.timeline.query({ id, before, limit: 1 });
      pages.push(...page.entries);
      before = page.next;
      if (before === null) break;
    }
    assert.deepEqual(pages, whole.entries);
    const seen = await admin.client.account.timeline.query({ id, before: null, user: ana.id });
    assert.deepEqual(seen.entries, whole.entries);
    assert.equal(
      (await refusal(admin.client.account.timeline.query({ id, before: null }))).code,
      'not-found',
    );
    await ana.client.account.remove.mutate({ id });
    assert.equal((await refusal(ana.client.account.timeline.query({ id, before: null }))).code, 'not-found');
  });

  test('no more runs are kept than anybody reads', async () => {
    const { id } = await add('many-runs.example.org');
    for (let n = 0; n < 12; n++) await poll(id, n % 2 === 0 ? GOOD : failure('in-use'));
    await passTime(100 * DAY);
    await poll(id, failure('in-use', { serverLine: '-ERR [IN-USE]' }));
    const { entries } = await ana.client.account.timeline.query({ id, before: null });
    assert.equal(entries.length, 1, 'what is older than ninety days went');
    await ana.client.account.remove.mutate({ id });
  });

  test('pausing takes the lease at once; a check by hand polls once; going on is due at once', async () => {
    const { id } = await add('paused.example.org');
    const lease = (await check(id)).leases[0]!.id;
    const paused = await ana.client.account.pause.mutate({ id, paused: true });
    assert.deepEqual([paused.state, paused.nextTry, paused.paused], ['paused', null, true]);
    assert.deepEqual(await home.client.schedule.renew.mutate({ leases: [lease] }), { lost: [lease] });
    await passTime(DAY);
    assert.equal(await claimed(id), false);
    const all = { user: ana.id, accounts: null, purpose: 'check' as const };
    assert.ok(!(await home.client.schedule.take.mutate(all)).leases.some(({ account }) => account === id));
    await poll(id, { ok: true, new: 1, bytes: 9, messages: 1 });
    const still = await ana.client.account.get.query({ id });
    assert.deepEqual([still.state, still.nextTry], ['paused', null]);
    assert.notEqual(still.lastSuccess, null);
    const before = (await ana.client.account.timeline.query({ id, before: null })).days[0]?.mails;
    await home.client.schedule.countLate.mutate({ account: id, mails: 3, bytes: 30 });
    const late = await ana.client.account.timeline.query({ id, before: null });
    assert.equal(late.days[0]?.mails, (before ?? 0) + 3, 'what the ended session brought is counted');
    assert.equal(late.entries[0]?.new, 4);
    assert.equal(late.nextTry, null, 'and nothing else changes');
    const resumed = await ana.client.account.pause.mutate({ id, paused: false });
    assert.equal(resumed.state, 'ok');
    assert.equal(await claimed(id), true);
  });

  test('pausing forgets no refused password, and by an edit it is the same', async () => {
    const { id } = await add('refused.example.org');
    await poll(id, failure('auth-failed'));
    await ana.client.account.pause.mutate({ id, paused: true });
    const resumed = await ana.client.account.pause.mutate({ id, paused: false });
    assert.deepEqual([resumed.state, resumed.nextTry], ['needs-sign-in', null]);
    const { email, name, pop3, send, keep, interval } = resumed;
    const settings = { email, name, pop3, send, keep, interval, paused: true };
    const edited = await ana.client.account.edit.mutate({ id, base: null, settings });
    assert.deepEqual([edited.state, edited.nextTry], ['paused', null]);
  });

  test('an adaptive account is polled more seldom when nothing comes, and shows it', async () => {
    const { id } = await add('adaptive.example.org', { adaptive: true });
    await poll(id, GOOD);
    await passTime(6 * HOUR);
    await poll(id, GOOD);
    const quiet = await ana.client.account.get.query({ id });
    assert.equal(quiet.currentInterval, 2400);
    const wait = Date.parse(quiet.nextTry ?? '') - running.clock.now();
    assert.ok(wait > 39 * MINUTE && wait <= 44 * MINUTE, `${wait}`);
    await poll(id, { ok: true, new: 1, bytes: 9, messages: 1 });
    assert.equal((await ana.client.account.get.query({ id })).currentInterval, 300);
  });

  test('a server’s own LOGIN-DELAY holds for polls and for checks, and the account says until when', async () => {
    const { id } = await add('delay.example.org');
    await poll(id, { ...GOOD, loginDelay: 900 });
    const shown = await ana.client.account.get.query({ id });
    assert.equal(Date.parse(shown.nextAllowed ?? '') - Date.parse(shown.lastSuccess ?? ''), 900 * SECOND);
    const refused = (await check(id)).refused[0];
    assert.equal(refused?.code, 'too-soon');
    assert.ok((refused.retryAfter ?? 0) > 890 && (refused.retryAfter ?? 0) <= 900);
    await passTime(901 * SECOND);
    assert.equal((await ana.client.account.get.query({ id })).nextAllowed, null);
    assert.equal((await check(id)).leases.length, 1);
  });

  test('no account of a disabled user is due, all are when he is enabled again', async () => {
    const bea = await registerUser(running, 'bea');
    const settings = sampleSettings({ pop3: { ...sampleSettings().pop3, host: 'bea.example.org' } });
    const { id } = await bea.client.account.add.mutate({ settings, secrets: { pop3Password: 'secret' } });
    running.clock.advance(5 * SECOND);
    await admin.client.user.disable.mutate({ id: bea.id });
    assert.equal(await claimed(id), false);
    await admin.client.user.enable.mutate({ id: bea.id });
    assert.equal(await claimed(id), true);
  });
});
