import { randomBytes } from 'node:crypto';
import { startProfileServer } from '../../profile-server/server.ts';
import { armCrashPoints } from '../../server-kit/crash-point.ts';
import { makeLogger } from '../../server-kit/log.ts';
import { readDatabase, readSettings } from '../../server-kit/settings.ts';

/** A profile-server alone: argv DATA_DIR PORT DATABASE KEY_FILE POINT N; kills itself when it passes POINT for the Nth time. */
const [dataDir = '', portText = '', database = 'sqlite', keyFile = '', point = '', nth = '0'] =
  process.argv.slice(2);
let left = Number(nth);
armCrashPoints((reached) => {
  if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
});
const port = Number(portText);
const settings = readSettings(() => undefined, { profile: port, storage: 1, submission: 2, relay: 3 });
const server = await startProfileServer({
  settings: { ...settings, database: readDatabase(database), masterKeyFile: keyFile || null },
  dataDir,
  port,
  clock: { now: () => Date.now() },
  random: randomBytes,
  log: makeLogger((line) => process.stderr.write(`${line}\n`), 'warn', Date.now),
  webRoot: null,
});
console.log(JSON.stringify({ code: await server.makeEnrolCode('storage-server') }));
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
