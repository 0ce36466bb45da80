/**
 * Reading profiles among 10,000 users, and how soon a change is known on another PC:
 * `npm run bench -- profile [--users N] [--reads N] [--changes N]`. The goals stand beside the figures.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { SMALL_PARTS } from '../../common/shapes/small-parts.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import { findFreePort } from '../../test/harness/ports.ts';
import { PASSWORD, SIZES } from './seed.ts';
import { percentile } from '../percentile.ts';

/** Sessions that read; all others only fill the tables. */
const READERS = 40;
/** Reads a second, at moments of their own as people's are: 10,000 who sign in within two minutes. */
const RATE = 80;
/** Reads before any is timed: a server's first ones run code that is not compiled yet. */
const WARMING = 3000;

const { values } = parseArgs({
  options: { users: { type: 'string' }, reads: { type: 'string' }, changes: { type: 'string' } },
});
const users = Number(values.users ?? 10_000);
const reads = Number(values.reads ?? 4000);
const changes = Number(values.changes ?? 100);

const port = await findFreePort();
const url = `http://localhost:${port}/trpc`;
const child = fork(join(import.meta.dirname, 'server.ts'), [String(port), String(users)]);
await once(child, 'message');
console.log(
  `${users} users, each with ${SIZES.accounts} accounts and identities, 6 mailboxes, ${SIZES.rules} rules, ${SIZES.labels} labels, ${SIZES.contacts} contacts`,
);
const tokens: string[] = [];
for (let n = 0; n < Math.min(READERS, users); n += 1) tokens.push(await signIn((n * 7919) % users));
await readAll(WARMING, [...SMALL_PARTS], null);
const before = await readCpu();
show(
  `profile.read over HTTP, ${RATE} a second, what a client needs`,
  await readAll(reads, [...SMALL_PARTS], RATE),
  10,
);
console.log(`the server's processor time for each: ${(((await readCpu()) - before) / reads).toFixed(2)} ms`);
show(
  'profile.read over HTTP, contacts too',
  await readAll(reads / 4, [...SMALL_PARTS, 'contacts', 'groups'], RATE),
  null,
);
child.send({ read: reads });
const [plain] = (await once(child, 'message')) as [number[]];
show('the same without HTTP', plain, 10);
show('a change until another PC has it (watch, then read)', await changeAndWatch(changes), 1000);
child.send({});
await once(child, 'exit');

/** Milliseconds of the server's process: what a busy machine does not change. */
async function readCpu(): Promise<number> {
  child.send({ cpu: true });
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return (user + system) / 1000;
}

async function signIn(n: number): Promise<string> {
  const signedIn = await clientOf(null).session.signIn.mutate({ name: `user ${n}`, password: PASSWORD });
  if ('step' in signedIn) throw new Error('a step too many');
  return signedIn.tokens.profile;
}

function clientOf(token: string | null) {
  const headers: Record<string, string> =
    token === null ? { origin: `http://localhost:${port}` } : { authorization: `Bearer ${token}` };
  return createTRPCClient<ProfileRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource: EventSource as never,
          eventSourceOptions: {
            fetch: async (address: string | URL, init: RequestInit) =>
              await fetch(address, {
                ...init,
                headers: { ...(init.headers as Record<string, string>), ...headers },
              }),
          } as never,
        }),
        false: httpLink({ url, headers }),
      }),
    ],
  });
}

/**
 * Times from the moment at which a read was due to the last byte of its answer, which is not unpacked: what a browser does
 * with it is not the server's, and would share these processors with it. `rate` a second; null: one after the other.
 */
async function readAll(count: number, parts: string[], rate: number | null): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const input = encodeURIComponent(JSON.stringify({ parts }));
  const times: number[] = [];
  const read = async (token: string, due: number): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'br' };
    const asking = get(`${url}/profile.read?input=${input}`, { agent, headers });
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    if (answer.statusCode !== 200) throw new Error(`profile.read: ${answer.statusCode}`);
    times.push(performance.now() - due);
  };
  const reading: Promise<void>[] = [];
  let due = performance.now();
  for (let n = 0; n < count; n += 1) {
    const token = tokens[n % tokens.length] ?? '';
    if (rate === null) {
      await read(token, performance.now());
      continue;
    }
    due += (-Math.log(1 - Math.random()) / rate) * 1000;
    await sleep(Math.max(0, due - performance.now()));
    reading.push(read(token, Math.max(due, performance.now() - 1)));
  }
  await Promise.all(reading);
  agent.destroy();
  return times;
}

/** One PC changes the theme, the other one waits for the news and reads it. */
async function changeAndWatch(count: number): Promise<number[]> {
  const [token = ''] = tokens;
  const [here, there] = [clientOf(token), clientOf(token)];
  let known = (await there.profile.read.query({ parts: ['preferences'] })).revision;
  let seen: (theme: unknown) => void = () => undefined;
  const readNews = async (): Promise<void> => {
    const { revision, items } = await there.profile.read.query({ parts: ['preferences'], since: known });
    known = revision;
    const theme = items.find(({ id }) => id === 'theme');
    if (theme !== undefined) seen(theme.value);
  };
  const watching = there.profile.watch.subscribe(
    {},
    {
      onData: () => void readNews(),
    },
  );
  const times: number[] = [];
  let base: number | null = known;
  for (let n = 0; n < count; n += 1) {
    const value = n % 2 === 0 ? 'dark' : 'light';
    const arrived = new Promise<void>((resolve) => (seen = (theme) => theme === value && resolve()));
    const began = performance.now();
    const done = await here.profile.change.mutate({ part: 'preferences', id: 'theme', base, value });
    base = done.revision;
    await arrived;
    times.push(performance.now() - began);
  }
  watching.unsubscribe();
  return times;
}

function show(what: string, times: readonly number[], goal: number | null): void {
  const at = (share: number): string => percentile(times, share).toFixed(1);
  const wanted = goal === null ? '' : ` (goal: p99 under ${goal} ms)`;
  console.log(
    `${what}, ${times.length} times: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms${wanted}`,
  );
}
