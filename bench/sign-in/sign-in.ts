/**
 * 1,000 sign-ins at once, each from its own address, 50 more from one, and as many wrong ones among them as `--wrong` says:
 * `npm run bench -- sign-in [--users N] [--wrong N]`. Who is asked to come again does. The goals stand beside the figures.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFreePort } from '../../test/harness/ports.ts';
import { PASSWORD, type Measured } from './shared.ts';
import { median, percentile } from '../percentile.ts';

const FROM_ONE = 50;
const { values } = parseArgs({ options: { users: { type: 'string' }, wrong: { type: 'string' } } });
const users = Number(values.users ?? 1000);
const wrong = Number(values.wrong ?? 200);
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

interface Result {
  right: boolean;
  code: string;
  seconds: number;
  again: number;
}

const port = await findFreePort();
const child = fork(join(import.meta.dirname, 'server.ts'), [String(port), String(users + FROM_ONE)]);
await once(child, 'message');
child.send('begin');
const began = performance.now();
const tries = [
  ...Array.from({ length: users }, (_, n) => signIn(n, addressOf(n), true)),
  ...Array.from({ length: FROM_ONE }, (_, n) => signIn(users + n, '198.51.100.7', true)),
  ...Array.from({ length: wrong }, (_, n) => signIn(n % users, addressOf(n + users), false)),
];
const results = await Promise.all(tries);
const whole = (performance.now() - began) / 1000;
child.send('end');
const [measured] = (await once(child, 'message')) as [Measured];
agent.destroy();
print(results, measured, whole);

function addressOf(n: number): string {
  return `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
}

async function signIn(n: number, address: string, right: boolean): Promise<Result> {
  for (let again = 0; ; again++) {
    const answer = await ask(
      { name: `user ${n}`, password: right ? PASSWORD : 'a wrong one of the bench' },
      address,
    );
    const seconds = (performance.now() - began) / 1000;
    if (answer.code !== 'unavailable') return { right, code: answer.code, seconds, again };
    await sleep((answer.retryAfter ?? 1) * 1000);
  }
}

async function ask(input: object, address: string): Promise<{ code: string; retryAfter: number | null }> {
  const body = JSON.stringify(input);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    origin: `http://localhost:${port}`,
    'x-forwarded-for': address,
  };
  return await new Promise((resolve, reject) => {
    const call = request({ port, path: '/trpc/session.signIn', method: 'POST', headers, agent }, (res) => {
      let text = '';
      res.on('data', (chunk: Buffer) => (text += chunk.toString()));
      res.on('end', () => {
        const { error } = JSON.parse(text) as {
          error?: { data?: { valija?: { code: string; retryAfter: number | null } } };
        };
        if (error === undefined) resolve({ code: 'in', retryAfter: null });
        else resolve(error.data?.valija ?? { code: 'internal', retryAfter: null });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

function print(all: Result[], { p50, p99, max, rssBefore, rssMost }: Measured, seconds: number): void {
  const rights = all.filter(({ right }) => right);
  const times = rights.map((one) => one.seconds);
  const codes = Object.entries(
    Object.groupBy(all, ({ right, code }) => `${right ? 'right' : 'wrong'}: ${code}`),
  );
  const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(
    `${rights.length} right sign-ins at once (${FROM_ONE} from one address), ${all.length - rights.length} wrong`,
  );
  for (const [what, found] of codes) console.log(`  ${what}: ${found?.length ?? 0}`);
  console.log(`asked to come again: ${all.reduce((sum, { again }) => sum + again, 0)}`);
  console.log(
    `right ones in after: median ${median(times).toFixed(1)} s, last ${percentile(times, 1).toFixed(1)} s (goal 120 s); all answered after ${seconds.toFixed(1)} s`,
  );
  console.log(
    `event-loop delay of the server: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (goal 100 ms), most ${max.toFixed(1)} ms`,
  );
  console.log(`its memory: ${mib(rssBefore)} before, ${mib(rssMost)} at most`);
}
