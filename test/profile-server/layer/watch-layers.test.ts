import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { ProfileRouter } from '../../../profile-server/router.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, type TestUser } from '../sample.ts';
import { startServer, type RunningServer } from '../start-server.ts';
import { give, itemsOf, sampleAccount } from './sample-layer.ts';

interface Watcher {
  seen: { revision: number; shared: string }[];
  /** Resolves when `holds`, looked at with every event. */
  until(holds: () => boolean): Promise<void>;
  stop(): void;
}

onBothEngines('clients that look on while a layer changes', (engine) => {
  let running: RunningServer;
  let admin: TestUser;
  let users: TestUser[];
  let watchers: Watcher[];

  before(async () => {
    running = await startServer({ database: engine.setting() });
    await running.enrolHome();
    const setupCode = running.server.setupCode() ?? '';
    admin = await registerUser(running, 'root', { setupCode });
    users = [await registerUser(running, 'ana'), await registerUser(running, 'eva')];
    watchers = users.map((user) => watch(running, user));
    for (const watcher of watchers) await watcher.until(() => watcher.seen.length > 0);
  });
  after(async () => {
    for (const watcher of watchers) watcher.stop();
    await running.stop();
  });

  test('each gets it by itself, and in one revision', async () => {
    const before = watchers.map(({ seen }) => seen.at(-1)?.revision ?? 0);
    await give(admin.client, 'organisation', 'accounts', sampleAccount());
    for (const [at, watcher] of watchers.entries()) {
      await watcher.until(() => (watcher.seen.at(-1)?.revision ?? 0) > (before[at] ?? 0));
      const items = await itemsOf(users[at]!, 'accounts');
      assert.deepEqual(
        items.map(({ value }) => (value as { email: string }).email),
        [`${users[at]!.name}@uni.example`],
      );
      assert.equal(watcher.seen.at(-1)?.revision, items[0]?.revision);
    }
  });

  test('a card of a shared address book is read where it is, and clients hear of it', async () => {
    const before = watchers.map(({ seen }) => seen.at(-1)!);
    const card: Contact = {
      name: 'Registry',
      emails: [{ address: 'registry@uni.example', kind: null }],
      phones: [],
      organisation: null,
      title: null,
      note: null,
      groups: [],
      vcard: null,
      collected: false,
    };
    const { id } = await give(admin.client, 'organisation', 'contacts', card);
    for (const [at, watcher] of watchers.entries()) {
      await watcher.until(() => watcher.seen.at(-1)?.shared !== before[at]?.shared);
      assert.equal(watcher.seen.at(-1)?.revision, before[at]?.revision, 'nothing is copied');
      const { contacts, revision } = await users[at]!.client.contact.shared.query({});
      assert.deepEqual(
        contacts.map((one) => [one.id, one.value.name, one.layer.of]),
        [[id, 'Registry', 'organisation']],
      );
      assert.equal(revision, watcher.seen.at(-1)?.shared);
      assert.deepEqual(await itemsOf(users[at]!, 'contacts'), []);
    }
  });

  test('a group has an address book of its own', async () => {
    const { group } = await admin.client.group.add.mutate({ name: 'Mathematics' });
    const [ana, eva] = users as [TestUser, TestUser];
    await admin.client.user.setGroup.mutate({ id: ana.id, group: group.id });
    const card = { name: 'Library', emails: [{ address: 'library@uni.example', kind: null }] };
    const empty = { phones: [], organisation: null, title: null, note: null, groups: [], vcard: null };
    await give(admin.client, group.id, 'contacts', { ...card, ...empty });
    const names = async (user: TestUser): Promise<string[]> =>
      (await user.client.contact.shared.query({})).contacts.map(({ value }) => value.name).toSorted();
    assert.deepEqual(await names(ana), ['Library', 'Registry']);
    assert.deepEqual(await names(eva), ['Registry']);
  });
});

function watch(running: RunningServer, user: TestUser): Watcher {
  const seen: Watcher['seen'] = [];
  let wake = (): void => undefined;
  const client = createTRPCClient<ProfileRouter>({
    links: [
      httpSubscriptionLink({
        url: `${running.url}/trpc`,
        EventSource: EventSource as never,
        eventSourceOptions: {
          fetch: async (url: string, init: RequestInit) => {
            const headers = new Headers(init.headers);
            headers.set('authorization', `Bearer ${user.signedIn.tokens.profile}`);
            return await fetch(url, { ...init, headers });
          },
        } as never,
      }),
    ],
  });
  const subscription = client.profile.watch.subscribe(
    {},
    {
      onData: ({ data }) => {
        seen.push(data);
        wake();
      },
    },
  );
  return {
    seen,
    until: async (holds) => {
      while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
    },
    stop: () => subscription.unsubscribe(),
  };
}
