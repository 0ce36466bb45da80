import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { ProfileRouter } from '../../profile-server/router.ts';
import { ENGINES, startEngine } from '../../test/harness/engines.ts';
import { PASSWORD, registerUser } from '../../test/profile-server/sample.ts';
import { startServer } from '../../test/profile-server/start-server.ts';
import { sampleAccount } from '../../test/profile-server/layer/sample-layer.ts';
import { writeCrowd } from './crowd.ts';

/**
 * A change of the organisation's layer with many users: seconds until the last of those who look on has it (asked: 5), until
 * everybody has it, and what the event loop suffers meanwhile. `--users N --here N --engine sqlite|mysql`.
 */
const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    here: { type: 'string', default: '200' },
    engine: { type: 'string', default: 'sqlite' },
  },
});
const engineName = ENGINES.find((name) => name === values.engine) ?? 'sqlite';
const engine = await startEngine(engineName);
const database = engine.setting();
const running = await startServer({ database });
const home = await running.enrol('storage-server');
await home.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
const admin = await registerUser(running, 'root', { setupCode: running.server.setupCode() ?? '' });
await running.server.stop();
const where = { database, file: join(running.dataDir, 'profile.sqlite') };
const names = await writeCrowd(where, admin.id, Number(values.users));
await running.start();

const waiting = async (): Promise<number> =>
  (await admin.client.layer.list.query({ of: 'organisation' })).users.waiting;
while ((await waiting()) > 0) await pause(200);

const here = names.slice(0, Number(values.here));
const revisions = new Map<string, number>();
const wanted = new Map<string, number>();
let onSeen = (): void => undefined;
const watchers: { unsubscribe: () => void }[] = [];
for (const name of here) {
  const signedIn = await running.client().session.signIn.mutate({ name, password: PASSWORD });
  if (!('tokens' in signedIn)) throw new Error('a step was asked for');
  const client = createTRPCClient<ProfileRouter>({
    links: [
      httpSubscriptionLink({
        url: `${running.url}/trpc`,
        EventSource: EventSource as never,
        eventSourceOptions: {
          fetch: async (url: string, init: RequestInit) => {
            const headers = new Headers(init.headers);
            headers.set('authorization', `Bearer ${signedIn.tokens.profile}`);
            return await fetch(url, { ...init, headers });
          },
        } as never,
      }),
    ],
  });
  const onData = ({ data }: { data: { revision: number } }): void => {
    revisions.set(name, data.revision);
    onSeen();
  };
  watchers.push(client.profile.watch.subscribe({}, { onData }));
}
while (revisions.size < here.length) await pause(20);

for (const round of ['added', 'changed', 'locked']) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  for (const [name, revision] of revisions) wanted.set(name, revision);
  const { items } = await admin.client.layer.list.query({ of: 'organisation', part: 'accounts' });
  const began = performance.now();
  const last = new Promise<void>((resolve) => {
    onSeen = () => {
      if (here.every((name) => (revisions.get(name) ?? 0) > (wanted.get(name) ?? 0))) resolve();
    };
  });
  await admin.client.layer.change.mutate({
    of: 'organisation',
    part: 'accounts',
    id: items[0]?.id ?? null,
    base: items[0]?.revision ?? null,
    value: sampleAccount({ interval: round === 'added' ? 300 : 600 }),
    locked: round === 'locked' ? 'As all have it.' : null,
  });
  await last;
  const seconds = (performance.now() - began) / 1000;
  while ((await waiting()) > 0) await pause(50);
  const all = (performance.now() - began) / 1000;
  delay.disable();
  console.log(
    `${round}: the last of ${here.length} who look on after ${seconds.toFixed(2)} s (asked: 5), all ${names.length} after ${all.toFixed(1)} s, event loop p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms`,
  );
}
for (const watcher of watchers) watcher.unsubscribe();
await running.stop();
await engine.stop();
process.exit();
