import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import type { CheckEvent } from '../../../common/shapes/event.ts';
import { startRetrieval } from '../../../storage-server/retrieval/loop.ts';
import { Runs } from '../../../storage-server/retrieval/runs.ts';
import { startPop3Server, type FakePop3 } from '../../fakes/pop3-server.ts';
import { findFreePort } from '../../harness/ports.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { makeAccount, makeFakeProfile, makeRunCore, type FakeProfile } from './fake-profile.ts';
import { makeMessages, openTestStore, USER, type TestStore } from './store.ts';

const MAILS = makeMessages(30);

describe('polls', () => {
  let temp: ReturnType<typeof makeTempDir>;
  let store: TestStore;
  let profile: FakeProfile;
  let server: FakePop3;
  const closing: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    temp = makeTempDir('runs');
    mkdirSync(join(temp.path, 'spool'));
    store = await openTestStore(temp.path);
    profile = makeFakeProfile();
    server = await startPop3Server({ messages: MAILS });
    profile.accounts.set('acc_a', makeAccount(server.port));
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await server.close();
    await store.close();
    temp.remove();
  });

  function makeRuns(renewEvery?: number): Runs {
    const runs = new Runs(makeRunCore(store, profile), temp.path, renewEvery);
    closing.push(async () => await runs.close());
    return runs;
  }

  async function lease(account = 'acc_a') {
    const { leases } = await profile.client.schedule.take.mutate({
      user: USER,
      accounts: [account],
      purpose: 'check',
    });
    return leases[0]!;
  }

  test('what cannot be read back before a deletion is told as the problem of its account', async () => {
    await makeRuns().start(await lease());
    await store.db.write(async (tx) => await tx.run('UPDATE mail_original SET size = size + 1'));
    profile.accounts.set('acc_a', makeAccount(server.port, { keep: 'delete' }));
    const { error } = await makeRuns().start(await lease());
    assert.deepEqual([error?.code, error?.reason], ['internal', 'not-verified']);
    const told = profile.reports.at(-1)?.result['error'] as { reason: string; message: string };
    assert.equal(told.reason, 'not-verified');
    assert.match(told.message, /cannot be read back: 30\. They were not deleted/);
    assert.equal(server.messages.filter((message) => message !== null).length, 30);
  });

  test('who hears that a run is over finds its report with the profile-server', async () => {
    const reports: number[] = [];
    const note = (event: { type: string; phase?: string }) =>
      event.phase === 'done' && reports.push(profile.reports.length);
    store.events.subscribe(USER, note);
    await makeRuns().start(await lease());
    assert.deepEqual(reports, [1]);
  });

  test('a run stores everything, tells how far it is, and reports', async () => {
    const events: CheckEvent[] = [];
    store.events.subscribe(USER, (event) => event.type === 'check' && events.push(event));
    const result = await makeRuns().start(await lease());
    assert.deepEqual(
      [result.added, result.messages, result.error, result.email],
      [30, 30, null, 'alice@example.org'],
    );
    // Two batches, in either order.
    const between = (done: number): boolean => done > 0 && done < 30;
    assert.equal(events.filter(({ done }) => between(done)).length, 1);
    assert.deepEqual(
      events.filter(({ done }) => !between(done)).map((event) => [event.phase, event.done, event.total]),
      [
        ['connecting', 0, null],
        ['listing', 0, null],
        ['retrieving', 0, 30],
        ['retrieving', 30, 30],
        ['done', 30, 30],
      ],
    );
    const bytes = MAILS.reduce((sum, mail) => sum + mail.length, 0);
    const { seconds, ...told } = profile.reports[0]!.result;
    assert.ok(typeof seconds === 'number');
    assert.deepEqual(told, { ok: true, new: 30, bytes, messages: 30, more: false });
    assert.equal((await store.listInbox()).length, 30);
  });

  test('each failure is reported with its code and the server’s line', async () => {
    profile.accounts.set('wrong', { ...makeAccount(server.port), secret: 'not this one' });
    profile.accounts.set('refused', makeAccount(await findFreePort()));
    profile.accounts.set('private', {
      ...makeAccount(server.port, { pop3: { ...makeAccount(1).settings.pop3, host: '10.0.0.1', port: 110 } }),
    });
    const runs = makeRuns();
    const codes = async (account: string): Promise<unknown[]> => {
      const { error } = await runs.start(await lease(account));
      const { result } = profile.reports.at(-1)!;
      const told = result['error'] as { code: string; serverLine: string | null; message: string };
      assert.equal(told.code, error?.code);
      assert.ok(told.message.length > 10);
      return [error?.code, told.serverLine];
    };
    assert.deepEqual(await codes('wrong'), ['auth-failed', '-ERR [AUTH] wrong password']);
    assert.deepEqual(await codes('refused'), ['connect-refused', null]);
    assert.deepEqual(await codes('private'), ['host-not-allowed', null]);
  });

  test('a lost lease ends the session; what is committed stays and is counted, nothing is reported', async () => {
    let wake: (() => void) | null = null;
    const stalled = new Promise<void>((resolve) => (wake = resolve));
    await server.close();
    server = await startPop3Server({
      messages: MAILS,
      capabilities: ['UIDL', 'USER'],
      script: (_connection, verb, rest) => verb === 'RETR' && rest === '10' && (wake?.(), true),
    });
    profile.accounts.set('acc_a', makeAccount(server.port, { keep: 'delete' }));
    const runs = makeRuns(15);
    const held = await lease();
    const running = runs.start(held);
    await stalled;
    profile.lost.add(held.id);
    const result = await running;
    assert.deepEqual([result.error?.code, result.error?.reason], ['unavailable', 'lease-lost']);
    assert.equal(result.added, 20);
    assert.deepEqual(profile.late, [{ account: 'acc_a', mails: 20 }]);
    assert.equal(profile.reports.length, 0);
    assert.ok(profile.renewals > 0);
    assert.equal(server.messages.filter((message) => message !== null).length, 30);
    assert.equal((await store.listInbox()).length, 20);
  });

  for (const [name, next] of [
    ['account', 'acc_a'],
    ['maildrop under another account', 'acc_b'],
  ] as const) {
    test(`what a run that lost its lease still stores is not retrieved again by the next one of that ${name}`, async () => {
      profile.accounts.set('acc_b', makeAccount(server.port));
      const core = makeRunCore(store, profile);
      const storing = Promise.withResolvers<void>();
      const written = Promise.withResolvers<void>();
      let calls = 0;
      const ingestMails: typeof core.mails.ingestMails = async (...args) => {
        calls += 1;
        storing.resolve();
        // Whoever comes first writes to a slow disk.
        if (calls === 1) await written.promise;
        return await core.mails.ingestMails(...args);
      };
      const runs = new Runs({ ...core, mails: { ...core.mails, ingestMails } }, temp.path);
      closing.push(async () => await runs.close());
      const held = await lease();
      const first = runs.start(held);
      await storing.promise;
      profile.lost.add(held.id);
      await runs.renew(() => true);
      profile.held.delete(held.id);
      const second = runs.start(await lease(next));
      await setTimeout(300);
      written.resolve();
      await first;
      assert.equal((await second).error, null);
      assert.equal((await store.listInbox()).length, 30);
    });
  }

  test('a run under way can be found and joined; stopping ends it and waits for it', async () => {
    await server.close();
    server = await startPop3Server({ messages: MAILS, script: (_connection, verb) => verb === 'UIDL' });
    profile.accounts.set('acc_a', makeAccount(server.port));
    const runs = makeRuns();
    const running = runs.start(await lease());
    assert.equal(runs.find('acc_a'), running);
    assert.equal(runs.count, 1);
    await runs.close();
    assert.equal((await running).error?.reason, 'stopping');
    assert.equal(runs.count, 0);
    assert.equal(profile.reports.length, 0);
  });

  test('the loop polls what is due, survives a profile-server that fails, and stops', async () => {
    const { claim } = profile.client.schedule;
    const real = claim.mutate;
    let failures = 0;
    claim.mutate = (async (...args: Parameters<typeof real>) => {
      if (failures++ < 1) throw new MailError('unavailable', 'not there');
      return await real(...args);
    }) as typeof real;
    const core = {
      ...makeRunCore(store, profile),
      dataDir: temp.path,
      trust: { onRevoked: () => () => undefined } as never,
    };
    const done = new Promise<void>((resolve) => {
      store.events.subscribe(USER, (event) => event.type === 'check' && event.phase === 'done' && resolve());
    });
    profile.due.push('acc_a');
    const retrieval = await startRetrieval(core);
    await done;
    await retrieval.stop();
    assert.ok(failures > 1);
    assert.equal((await store.listInbox()).length, 30);
  });
});
