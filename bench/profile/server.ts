/** The profile-server by itself with USERS users: arguments PORT USERS. Answers `read N` by N reads without HTTP. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SMALL_PARTS } from '../../common/shapes/small-parts.ts';
import { migrations } from '../../profile-server/operate.ts';
import { readProfile } from '../../profile-server/profile/read-profile.ts';
import { startProfileServer } from '../../profile-server/server.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { readSettings } from '../../server-kit/settings.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { seedUsers } from './seed.ts';

const [port = 0, users = 0] = process.argv.slice(2).map(Number);
const dir = makeTempDir('bench-profile');
const dataDir = join(dir.path, 'profile-server');
const settings = readSettings(() => undefined, { profile: port, storage: 1, submission: 2, relay: 3 });
const clock = { now: () => Date.now() };
const options = { settings, dataDir, port, clock, random: randomBytes, log: silentLogger, webRoot: null };
const file = join(dataDir, 'profile.sqlite');
await (await startProfileServer(options)).stop();
await seedUsers(settings, file, users);
const server = await startProfileServer(options);
process.on('message', (message: { read?: number; cpu?: true }) => {
  if (message.cpu === true) process.send?.(process.cpuUsage());
  else void (message.read === undefined ? end() : readMany(message.read));
});
process.send?.('ready');

/** The function behind profile.read, over a connection of its own: what is left without HTTP, tokens and JSON. */
async function readMany(count: number): Promise<void> {
  const { database } = settings;
  const db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await readProfile({ db, clock } as never, `user_${(n * 7919) % users}`, { parts: SMALL_PARTS });
    times.push(performance.now() - began);
  }
  await db.close();
  process.send?.(times);
}

async function end(): Promise<void> {
  await server.stop();
  dir.remove();
  process.disconnect();
}
