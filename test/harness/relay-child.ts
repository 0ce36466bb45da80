/** A relay in a process of its own, so that tests can kill it. Argument: JSON of RelayChildOptions; says `ready` on stdout. */
import { randomBytes } from 'node:crypto';
import { silentLogger } from '../../server-kit/log.ts';
import type { Settings } from '../../server-kit/settings.ts';
import { startSmtpRelay } from '../../smtp-relay/server.ts';

export interface RelayChildOptions {
  settings: Settings;
  dataDir: string;
  port: number;
  profileUrl: string;
  enrolCode: string | null;
}

const options = JSON.parse(process.argv[2] ?? '') as RelayChildOptions;
const relay = await startSmtpRelay({
  ...options,
  clock: { now: () => Date.now() },
  random: (size) => randomBytes(size),
  log: silentLogger,
});
process.once('SIGTERM', () => void relay.stop().then(() => process.exit(0)));
console.log(JSON.stringify({ ready: true, partId: relay.partId }));
