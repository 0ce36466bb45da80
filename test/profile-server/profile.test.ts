import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { ProfileItem } from '../../common/shapes/profile.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import { onBothEngines } from './engines.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from './sample.ts';
import { type EnrolledPart, type RunningServer, refusal, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

onBothEngines('the profile', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let ana: TestUser;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    home = await running.enrolHome();
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running.stop());

  const preference = async (key: string): Promise<ProfileItem> => {
    const { items } = await ana.client.profile.read.query({ parts: ['preferences'] });
    return items.find((item) => item.id === key)!;
  };

  test('a change made with a stale base is refused with the current value', async () => {
    const seen = await preference('theme');
    const change = { part: 'preferences' as const, id: 'theme', base: seen.revision };
    const done = await ana.client.profile.change.mutate({ ...change, value: 'dark' });
    assert.equal(done.item.value, 'dark');
    assert.ok(done.revision > seen.revision);
    const refused = await refusal(ana.client.profile.change.mutate({ ...change, value: 'light' }));
    assert.equal(refused.code, 'conflict');
    assert.deepEqual(refused.current, done.item);
    assert.equal((await preference('theme')).value, 'dark');
  });

  test('of two changes at once on the same base one wins', async () => {
    const { revision } = await preference('density');
    const change = { part: 'preferences' as const, id: 'density', base: revision };
    const answers = await Promise.allSettled(
      ['normal', 'compact'].map(
        async (value) => await ana.client.profile.change.mutate({ ...change, value }),
      ),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), ['fulfilled', 'rejected']);
  });

  test('read since a revision brings what changed and what went', async () => {
    const before = await ana.client.profile.read.query({});
    const value = { name: 'Work', role: null, parent: null };
    const made = await ana.client.profile.change.mutate({ part: 'mailboxes', id: null, base: null, value });
    const since = await ana.client.profile.read.query({ since: before.revision });
    assert.deepEqual(since, { revision: made.revision, items: [made.item] });
    const removed = await ana.client.profile.change.mutate({
      part: 'mailboxes',
      id: made.item.id,
      base: made.item.revision,
      value: null,
    });
    const gone = await ana.client.profile.read.query({ since: before.revision });
    assert.deepEqual(gone.items, [removed.item]);
    assert.equal(removed.item.value, null);
    const ahead = await ana.client.profile.read.query({ since: 1_000_000 });
    assert.equal(ahead.items.length, before.items.length, 'a revision from before a restore means all again');
  });

  test('role mailboxes stay, names are unique, circles impossible', async () => {
    const { items } = await ana.client.profile.read.query({ parts: ['mailboxes'] });
    const inbox = items.find((item) => (item.value as { role: string }).role === 'inbox')!;
    const { id, revision } = inbox;
    const change = ana.client.profile.change;
    const part = 'mailboxes' as const;
    const gone = await refusal(change.mutate({ part, id, base: revision, value: null }));
    assert.equal(gone.reason, 'role-mailbox');
    const twin = { name: 'INBOX', role: null, parent: null };
    assert.equal(
      (await refusal(change.mutate({ part, id: null, base: null, value: twin }))).code,
      'name-taken',
    );
    const a = await change.mutate({ part, id: null, base: null, value: { ...twin, name: 'A' } });
    const b = await change.mutate({
      part,
      id: null,
      base: null,
      value: { ...twin, name: 'B', parent: a.item.id },
    });
    const circle = { ...twin, name: 'A', parent: b.item.id };
    const refused = await refusal(
      change.mutate({ part, id: a.item.id, base: a.item.revision, value: circle }),
    );
    assert.deepEqual([refused.code, refused.field], ['invalid', 'parent']);
  });

  test('an account brings its identity; a poll does not make the base of its form stale', async () => {
    const settings = sampleSettings();
    const account = await ana.client.account.add.mutate({ settings, secrets: { pop3Password: 'secret' } });
    const { items } = await ana.client.profile.read.query({ parts: ['accounts', 'identities'] });
    const item = items.find((candidate) => candidate.id === account.id)!;
    assert.deepEqual(item.value, account);
    const identity = items.find((candidate) => candidate.part === 'identities')!.value;
    assert.equal((identity as { address: string }).address, settings.email);
    running.clock.advance(5000);
    const [lease] = (await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases;
    const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
    await home.client.schedule.report.mutate({ lease: lease!.id, result });
    const since = await ana.client.profile.read.query({ since: item.revision });
    assert.equal((since.items[0]!.value as { state: string }).state, 'ok');
    const edit = { id: account.id, base: item.revision };
    await ana.client.account.edit.mutate({ ...edit, settings: { ...settings, interval: 900 } });
    const other = { ...edit, settings: { ...settings, name: 'At work' } };
    const merged = await ana.client.account.edit.mutate(other);
    assert.deepEqual([merged.interval, merged.name], [900, 'At work'], 'both of what two PCs changed');
    const same = { ...edit, settings: { ...settings, interval: 1800 } };
    const stale = await refusal(ana.client.account.edit.mutate(same));
    assert.deepEqual([stale.code, stale.params['fields']], ['conflict', 'interval']);
  });

  test('another signed-in client hears of a change, until its session is ended', async () => {
    const other = await expectSession(
      running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD }),
    );
    const revisions: number[] = [];
    let wake = (): void => undefined;
    const client = createTRPCClient<ProfileRouter>({
      links: [
        httpSubscriptionLink({
          url: `${running.url}/trpc`,
          EventSource: EventSource as never,
          eventSourceOptions: {
            fetch: async (url: string, init: RequestInit) => {
              const headers = new Headers(init.headers);
              headers.set('authorization', `Bearer ${other.tokens.profile}`);
              return await fetch(url, { ...init, headers });
            },
          } as never,
        }),
      ],
    });
    const states: string[] = [];
    const subscription = client.profile.watch.subscribe(
      {},
      {
        onData: (event) => {
          revisions.push(event.data.revision);
          wake();
        },
        onConnectionStateChange: ({ state }) => {
          states.push(state);
          wake();
        },
      },
    );
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
    };
    await until(() => revisions.length === 1);
    assert.equal(revisions[0], other.profile.revision);
    const { revision } = await preference('keys');
    const change = { part: 'preferences' as const, id: 'keys', base: revision, value: false };
    const done = await ana.client.profile.change.mutate(change);
    await until(() => revisions.length === 2);
    assert.equal(revisions[1], done.revision);
    states.length = 0;
    assert.deepEqual(await ana.client.session.end.mutate({ id: other.session.id }), { ended: 1 });
    await until(() => states.length > 0);
    assert.notEqual(states[0], 'pending', 'the stream ended');
    subscription.unsubscribe();
  });

  test('the home hears which of its users changed, waiting if need be', async () => {
    const { seq } = await home.client.profile.changed.query({ since: 0, wait: false });
    const waiting = home.client.profile.changed.query({ since: seq, wait: true });
    const { revision } = await preference('undoSeconds');
    const change = { part: 'preferences' as const, id: 'undoSeconds', base: revision, value: 20 };
    const done = await ana.client.profile.change.mutate(change);
    const news = await waiting;
    assert.deepEqual(news.users, [{ id: ana.id, revision: done.revision }]);
    assert.ok(news.seq > seq);
    const profile = await home.client.profile.read.query({ user: ana.id, since: done.revision - 1 });
    assert.deepEqual(profile.items, [done.item]);
  });

  test('a user registered before any home gets one when a storage-server announces itself', async () => {
    const lonely = await startServer({ database: engine.setting() });
    try {
      const bea = await registerUser(lonely, 'bea');
      assert.equal((await bea.client.session.whoami.query()).home, null);
      const account = await bea.client.account.add.mutate({
        settings: sampleSettings(),
        secrets: { pop3Password: 'secret' },
      });
      const part = await lonely.enrol('storage-server');
      await part.client.part.announce.mutate({ url: 'http://localhost:9', submission: null });
      assert.equal((await bea.client.session.whoami.query()).home, 'http://localhost:9');
      lonely.clock.advance(5000);
      const { leases } = await part.client.schedule.claim.mutate({ max: 5, wait: false });
      assert.deepEqual(
        leases.map((lease) => lease.account),
        [account.id],
      );
    } finally {
      await lonely.stop();
    }
  });
});
