/** The profile-server by itself, with USERS users who all have PASSWORD: arguments PORT USERS. Tells its event loop and memory at the end. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { migrations } from '../../profile-server/operate.ts';
import { PasswordHasher } from '../../profile-server/password/password.ts';
import { startProfileServer } from '../../profile-server/server.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { readSettings } from '../../server-kit/settings.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { PASSWORD, type Measured } from './shared.ts';

const [port = 0, users = 0] = process.argv.slice(2).map(Number);
const dir = makeTempDir('bench-sign-in');
const dataDir = join(dir.path, 'profile-server');
const settings = {
  ...readSettings(() => undefined, { profile: port, storage: 1, submission: 2, relay: 3 }),
  behindProxy: true,
};
const clock = { now: () => Date.now() };
const options = { settings, dataDir, port, clock, random: randomBytes, log: silentLogger, webRoot: null };
await (await startProfileServer(options)).stop();
await seed();
const server = await startProfileServer(options);
const delay = monitorEventLoopDelay({ resolution: 1 });
let rss = 0;
const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 100);
const before = process.memoryUsage.rss();
process.on('message', (message) => {
  if (message === 'begin') delay.enable();
  if (message === 'end') void end();
});
process.send?.('ready');

async function end(): Promise<void> {
  delay.disable();
  clearInterval(watch);
  const ms = (nanoseconds: number): number => nanoseconds / 1e6;
  const measured: Measured = {
    p50: ms(delay.percentile(50)),
    p99: ms(delay.percentile(99)),
    max: ms(delay.max),
    rssBefore: before,
    rssMost: rss,
  };
  process.send?.(measured);
  await server.stop();
  dir.remove();
  process.disconnect();
}

/** One hash for all: making a thousand would measure the same again. */
async function seed(): Promise<void> {
  const hasher = new PasswordHasher(randomBytes);
  const hash = await hasher.hash(PASSWORD);
  const { database } = settings;
  const file = join(dataDir, 'profile.sqlite');
  const db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
  await db.write(async (tx) => {
    for (let n = 0; n < users; n++) {
      await tx.run(
        `INSERT INTO user (id, name, name_key, password, admin, disabled, home, revision, changed_seq, data_key, created_at)
          VALUES (?, ?, ?, ?, 0, 0, NULL, 0, 0, ?, 0)`,
        [`user_${n}`, `user ${n}`, `user ${n}`, hash, Buffer.alloc(1)],
      );
    }
  });
  await db.close();
}
