import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE, SECOND } from '../../common/time.ts';
import type { PollResult } from '../../profile-server/schedule/poll-result.ts';
import { onBothEngines } from './engines.ts';
import { registerUser, sampleSettings, type TestUser } from './sample.ts';
import { type EnrolledPart, type RunningServer, refusal, startServer } from './start-server.ts';

const GOOD: PollResult = { ok: true, new: 1, bytes: 100, messages: 1 };
const SECRETS = { pop3Password: 'pop-secret' };

function failed(code: 'auth-failed' | 'timeout' | 'in-use'): PollResult {
  return {
    ok: false,
    error: {
      code,
      message: 'as told',
      reason: null,
      params: {},
      field: null,
      serverLine: '-ERR',
      retryAfter: null,
    },
  };
}

onBothEngines('the poll schedule', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let ana: TestUser;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    home = await running.enrolHome();
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running.stop());

  const add = async (user: TestUser, host: string) => {
    const pop3 = { ...sampleSettings().pop3, host };
    const account = await user.client.account.add.mutate({
      settings: sampleSettings({ pop3 }),
      secrets: SECRETS,
    });
    // The first poll is left to the client that added the account for a moment.
    running.clock.advance(5 * SECOND);
    return account;
  };
  const claim = async (part = home) =>
    (await part.client.schedule.claim.mutate({ max: 50, wait: false })).leases;

  test('a new account is due after seconds, an edited one at once: whoever waits is woken', async () => {
    const waiting = home.client.schedule.claim.mutate({ max: 10, wait: true });
    const pop3 = { ...sampleSettings().pop3, host: 'first.example.org' };
    const settings = sampleSettings({ pop3 });
    const account = await ana.client.account.add.mutate({ settings, secrets: SECRETS });
    assert.equal(account.state, 'new');
    assert.deepEqual(await claim(), [], 'the first poll is left to the client that added it');
    await ana.client.account.edit.mutate({ id: account.id, base: null, settings });
    const { leases } = await waiting;
    assert.deepEqual(
      leases.map((lease) => [lease.account, lease.user]),
      [[account.id, ana.id]],
    );
    assert.deepEqual(await claim(), [], 'nobody gets it twice');
    const lease = leases[0]!;
    const credential = { lease: lease.id, account: account.id, purpose: 'retrieve' as const };
    const used = await home.client.credential.use.mutate(credential);
    assert.equal(used.secret, SECRETS.pop3Password);
    assert.equal(used.settings.pop3.host, 'first.example.org');
    assert.deepEqual(await home.client.schedule.renew.mutate({ leases: [lease.id, 'lease_foreign'] }), {
      lost: ['lease_foreign'],
    });
    assert.deepEqual(await home.client.schedule.report.mutate({ lease: lease.id, result: GOOD }), {
      lost: false,
    });
    const after = await ana.client.account.get.query({ id: account.id });
    assert.equal(after.state, 'ok');
    assert.ok(after.lastSuccess !== null && after.nextTry !== null && after.nextTry > after.lastSuccess);
    assert.equal((await refusal(home.client.credential.use.mutate(credential))).code, 'forbidden');
    assert.deepEqual(await home.client.schedule.report.mutate({ lease: lease.id, result: GOOD }), {
      lost: true,
    });
  });

  test('a lost lease is due again by itself', async () => {
    const account = await add(ana, 'lost.example.org');
    const [lease] = await claim();
    assert.equal(lease?.account, account.id);
    running.clock.advance(91 * SECOND);
    const [again] = await claim();
    assert.equal(again?.account, account.id);
    assert.notEqual(again?.id, lease?.id);
    assert.deepEqual(
      await home.client.schedule.report.mutate({ lease: lease.id, result: failed('auth-failed') }),
      {
        lost: true,
      },
    );
    assert.equal((await ana.client.account.get.query({ id: account.id })).state, 'new');
    await home.client.schedule.report.mutate({ lease: again.id, result: GOOD });
  });

  test('a refused password stops after one try until the account is edited', async () => {
    const account = await add(ana, 'auth.example.org');
    const [lease] = await claim();
    await home.client.schedule.report.mutate({ lease: lease!.id, result: failed('auth-failed') });
    const stopped = await ana.client.account.get.query({ id: account.id });
    assert.equal(stopped.state, 'needs-sign-in');
    assert.equal(stopped.nextTry, null);
    assert.deepEqual(stopped.error, {
      code: 'auth-failed',
      message: 'as told',
      serverLine: '-ERR',
      reason: null,
      params: {},
    });
    const check = { user: ana.id, accounts: [account.id], purpose: 'check' as const };
    const taken = await home.client.schedule.take.mutate(check);
    assert.deepEqual(taken, {
      leases: [],
      refused: [{ account: account.id, code: 'needs-sign-in', retryAfter: null }],
    });
    const { email, name, pop3, send, keep, interval } = stopped;
    await ana.client.account.edit.mutate({
      id: account.id,
      base: null,
      settings: { email, name, pop3, send, keep, interval },
      secrets: { pop3Password: 'better' },
    });
    const [fresh] = await claim();
    assert.equal(fresh?.account, account.id);
    const credential = { lease: fresh.id, account: account.id, purpose: 'retrieve' as const };
    assert.equal((await home.client.credential.use.mutate(credential)).secret, 'better');
    await home.client.schedule.report.mutate({ lease: fresh.id, result: GOOD });
  });

  test('failures are shown and tried again later and later', async () => {
    const account = await add(ana, 'fails.example.org');
    const gaps: number[] = [];
    for (let n = 0; n < 3; n++) {
      let mine: string | undefined;
      for (const lease of await claim()) {
        // The others of this suite become due meanwhile too.
        if (lease.account === account.id) mine = lease.id;
        else await home.client.schedule.report.mutate({ lease: lease.id, result: GOOD });
      }
      await home.client.schedule.report.mutate({ lease: mine ?? '', result: failed('timeout') });
      const shown = await ana.client.account.get.query({ id: account.id });
      assert.equal(shown.state, 'failing');
      const gap = Date.parse(shown.nextTry ?? '') - running.clock.now();
      gaps.push(Math.round(gap / (5.25 * MINUTE)));
      running.clock.advance(gap + SECOND);
    }
    assert.deepEqual(gaps, [2, 4, 8]);
  });

  test('two accounts on one maildrop are never held at once, whoever they belong to', async () => {
    const bea = await registerUser(running, 'bea');
    const first = await add(ana, 'shared.example.org');
    const second = await add(bea, 'shared.example.org');
    const leases = (await claim()).filter((lease) => [first.id, second.id].includes(lease.account));
    assert.equal(leases.length, 1);
    const other =
      leases[0]?.account === first.id ? { user: bea, id: second.id } : { user: ana, id: first.id };
    const taken = await home.client.schedule.take.mutate({
      user: other.user.id,
      accounts: [other.id],
      purpose: 'check',
    });
    assert.equal(taken.refused[0]?.code, 'in-use');
    assert.ok((taken.refused[0]?.retryAfter ?? 0) > 60);
    await home.client.schedule.report.mutate({ lease: leases[0]!.id, result: GOOD });
  });

  test('many claimers at once: every account goes to exactly one', async () => {
    const carla = await registerUser(running, 'carla');
    for (let n = 0; n < 20; n++) await add(carla, `many${n}.example.org`);
    const claims = await Promise.all(
      Array.from({ length: 8 }, async () => await home.client.schedule.claim.mutate({ max: 7, wait: false })),
    );
    const rest = await claim();
    const accounts = [...claims.flatMap((answer) => answer.leases), ...rest]
      .filter((lease) => lease.user === carla.id)
      .map((lease) => lease.account);
    assert.equal(accounts.length, 20);
    assert.equal(new Set(accounts).size, 20);
  });

  test('a slow host with many accounts takes eight places, the others get theirs', async () => {
    const users = [];
    for (let n = 0; n < 5; n++) users.push(await registerUser(running, `slow${n}`));
    const addAt = async (owner: TestUser, host: string, user: string) => {
      const pop3 = { ...sampleSettings().pop3, host, user };
      return await owner.client.account.add.mutate({ settings: sampleSettings({ pop3 }), secrets: SECRETS });
    };
    for (const [n, owner] of users.entries()) {
      for (let m = 0; m < 4; m++) await addAt(owner, 'slow.example.org', `u${n}-${m}`);
    }
    running.clock.advance(5 * SECOND);
    const ids = new Set(users.map(({ id }) => id));
    const mine = async () => (await claim()).filter((lease) => ids.has(lease.user));
    const first = await mine();
    assert.equal(first.length, 8);
    for (const { id } of users) {
      assert.ok(first.filter((lease) => lease.user === id).length <= 3, 'of one user at most three');
    }
    const quick = await addAt(users[0]!, 'quick.example.org', 'u');
    running.clock.advance(5 * SECOND);
    const second = await mine();
    assert.deepEqual(
      second.map((lease) => lease.account),
      [quick.id],
    );
    const waiting = home.client.schedule.claim.mutate({ max: 10, wait: true });
    await home.client.schedule.report.mutate({ lease: first[0]!.id, result: GOOD });
    assert.equal((await waiting).leases.length, 1, 'a place is free: the next one is given out at once');
  });

  test('check now: too soon for the provider, unless it is a test', async () => {
    const dora = await registerUser(running, 'dora');
    const account = await add(dora, 'pop3.web.de');
    const check = { user: dora.id, accounts: null, purpose: 'check' as const };
    const { leases } = await home.client.schedule.take.mutate(check);
    assert.equal(leases.length, 1);
    await home.client.schedule.report.mutate({ lease: leases[0]!.id, result: GOOD });
    const { refused } = await home.client.schedule.take.mutate(check);
    assert.deepEqual([refused[0]?.account, refused[0]?.code], [account.id, 'too-soon']);
    assert.ok((refused[0]?.retryAfter ?? 0) > 600 && (refused[0]?.retryAfter ?? 0) <= 720);
    const test = await home.client.schedule.take.mutate({ ...check, purpose: 'test' });
    assert.equal(test.leases.length, 1);
    await home.client.schedule.report.mutate({ lease: test.leases[0]!.id, result: failed('timeout') });
    assert.equal(
      (await dora.client.account.get.query({ id: account.id })).state,
      'ok',
      'a test decides nothing',
    );
  });

  test('a home that starts again gets what it held before, at once', async () => {
    const flor = await registerUser(running, 'flor');
    const account = await add(flor, 'crash.example.org');
    const held = (await claim()).find((lease) => lease.account === account.id)!;
    await home.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
    assert.deepEqual(await home.client.schedule.renew.mutate({ leases: [held.id] }), { lost: [held.id] });
    const again = (await claim()).find((lease) => lease.account === account.id);
    assert.notEqual(again?.id, held.id);
    await home.client.schedule.report.mutate({ lease: again?.id ?? '', result: GOOD });
  });

  test('edits, claims and reports at once neither fail nor leave a maildrop locked', async () => {
    const gala = await registerUser(running, 'gala');
    const accounts = [];
    for (let n = 0; n < 5; n++) accounts.push(await add(gala, `busy${n}.example.org`));
    const edits = accounts.flatMap(({ id, email, name, pop3, send, keep }) =>
      [600, 700, 800].map(async (interval) => {
        const settings = { email, name, pop3, send, keep, interval };
        await gala.client.account.edit.mutate({ id, base: null, settings });
      }),
    );
    const polls = Array.from({ length: 6 }, async () => {
      for (const lease of await claim()) {
        await home.client.schedule.report.mutate({ lease: lease.id, result: failed('auth-failed') });
      }
    });
    await Promise.all([...edits, ...polls]);
    for (const { id, email, name, pop3, send, keep } of accounts) {
      const settings = { email, name, pop3, send, keep, interval: 900 };
      await gala.client.account.edit.mutate({ id, base: null, settings });
    }
    const due = (await claim()).filter((lease) => lease.user === gala.id).map((lease) => lease.account);
    assert.deepEqual(due.sort(), accounts.map((account) => account.id).sort());
  });

  test('removing and editing an account revoke its lease', async () => {
    const eva = await registerUser(running, 'eva');
    const removed = await add(eva, 'removed.example.org');
    const edited = await add(eva, 'edited.example.org');
    const leases = (await claim()).filter((lease) => lease.user === eva.id);
    assert.equal(leases.length, 2);
    assert.deepEqual(await eva.client.account.remove.mutate({ id: removed.id }), { removed: removed.id });
    const { email, name, pop3, send, keep } = edited;
    const settings = { email, name, pop3, send, keep, interval: 600 };
    await eva.client.account.edit.mutate({ id: edited.id, base: null, settings });
    const ids = leases.map((lease) => lease.id).sort();
    assert.deepEqual((await home.client.schedule.renew.mutate({ leases: ids })).lost.sort(), ids);
    assert.equal((await refusal(eva.client.account.get.query({ id: removed.id }))).code, 'not-found');
    const identities = await eva.client.profile.read.query({ parts: ['identities'] });
    assert.deepEqual(
      identities.items.map((item) => (item.value as { account: string }).account),
      [edited.id],
    );
  });
});
