/** A relay in a process of its own. Argument: JSON of ChildOptions; says `ready` on stdout; SIGTERM stops it. */
import { randomBytes } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { makeLogger } from '../../server-kit/log.ts';
import { startSmtpRelay } from '../../smtp-relay/server.ts';
import type { Submitter } from '../../smtp-relay/submission/sign-in/submitter.ts';
import type { RelayChildOptions } from '../../test/harness/relay-child.ts';

export interface ChildOptions extends RelayChildOptions {
  /** Whoever connects is this one; null: he has to sign in. */
  admitted: Submitter | null;
}

const { admitted, ...options } = JSON.parse(process.argv[2] ?? '') as ChildOptions;
// Written, as it would be, but to nowhere.
const file = openSync(process.env['VALIJA_BENCH_LOG'] ?? '/dev/null', 'a');
const relay = await startSmtpRelay({
  ...options,
  clock: { now: () => Date.now() },
  random: (size) => randomBytes(size),
  log: makeLogger((line) => writeSync(file, `${line}\n`), 'info', Date.now),
  ...(admitted === null ? {} : { admit: () => admitted }),
});
process.once('SIGTERM', () => void relay.stop().then(() => process.exit(0)));
console.log(JSON.stringify({ port: relay.submission.port, partId: relay.partId }));
