import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Sqlite from 'better-sqlite3';
import { startEngine } from '../../test/harness/engines.ts';
import { registerUser } from '../../test/profile-server/sample.ts';
import { startServer } from '../../test/profile-server/start-server.ts';
import { percentile } from '../percentile.ts';

/**
 * `npm run bench -- provision [--users 10000] [--database sqlite|mysql] [--initial]`: users by CSV with invitations, pages of the
 * list, the same file again; with `--initial` first passwords, and how long sign-ins take while those are hashed.
 */
const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    database: { type: 'string', default: 'sqlite' },
    initial: { type: 'boolean', default: false },
  },
});
const count = Number(values.users);
const engine = await startEngine(values.database === 'mysql' ? 'mysql' : 'sqlite');
const running = await startServer({ database: engine.setting() });
const admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });

const say = (what: string, figure: string): void => console.log(`${what.padEnd(44)} ${figure}`);
async function time<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1000, result };
}
const rank = (times: number[], share: number): string => `${percentile(times, share).toFixed(1)} ms`;

const password = values.initial ? ',initial_password' : '';
const lines = Array.from({ length: count }, (_, index) => {
  const first = values.initial ? `,first-password-${index}` : '';
  return `student${index},Student Number ${index},Group ${index % 40},student${index}@example.org${first}`;
});
const csv = `name,display_name,group,email${password}\n${lines.join('\n')}\n`;

interface Imported {
  added: unknown[];
  same: number;
  codes: unknown[];
}
async function send(dryRun: boolean): Promise<Imported> {
  const response = await fetch(`${running.url}/user/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${admin.signedIn.tokens.profile}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ csv, dryRun }),
  });
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as Imported;
}

say('users, database', `${count}, ${values.database}`);
const dry = await time(async () => await send(true));
say('dry run', `${dry.seconds.toFixed(1)} s (${dry.result.added.length} to add)`);
const run = await time(async () => await send(false));
say('added', `${run.seconds.toFixed(1)} s (${run.result.codes.length} codes)`);
const hashing = performance.now();

const pages: number[] = [];
let after: string | null = null;
do {
  const page = await time(
    async () => await admin.client.user.list.query({ limit: 200, ...(after === null ? {} : { after }) }),
  );
  pages.push(page.seconds * 1000);
  after = page.result.next;
} while (after !== null);
say('page of 200, p50 / p99', `${rank(pages, 0.5)} / ${rank(pages, 0.99)}`);
const found: number[] = [];
for (let index = 0; index < 50; index += 1) {
  const query = `number ${Math.floor((count * index) / 50)}`;
  found.push((await time(async () => await admin.client.user.list.query({ query }))).seconds * 1000);
}
say('search by display name, p50 / p99', `${rank(found, 0.5)} / ${rank(found, 0.99)}`);

if (values.initial) {
  const asked: number[] = [];
  let waiting = count;
  while (waiting > 0) {
    const one = await time(async () => {
      const client = running.client();
      return await client.session.signIn.mutate({ name: 'admin', password: 'correct horse battery' });
    });
    asked.push(one.seconds * 1000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    waiting = readWaiting();
  }
  say('all first passwords hashed after', `${((performance.now() - hashing) / 1000).toFixed(0)} s`);
  say('sign-in meanwhile, p50 / p99', `${rank(asked, 0.5)} / ${rank(asked, 0.99)}`);
} else {
  const again = await time(async () => await send(false));
  say('the same file again', `${again.seconds.toFixed(1)} s (${again.result.same} the same)`);
}
await running.stop();
await engine.stop();

/** First passwords that are not hashed yet; the figure is taken on SQLite. */
function readWaiting(): number {
  const file = new Sqlite(join(running.dataDir, 'profile.sqlite'), { readonly: true });
  const row = file.prepare('SELECT COUNT(*) AS count FROM initial_password').get() as { count: number };
  file.close();
  return row.count;
}
