import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import { pauseUpTo, repeat, sleep } from '../../server-kit/repeat.ts';
import type { StorageCore } from '../context.ts';
import { countFree, decidePace } from './turns/places.ts';
import type { RunCore } from './run.ts';
import { Runs } from './runs.ts';
import { TestLimit } from '../account-test/test-limit.ts';

const LONGEST_PAUSE = 15 * SECOND;

export interface Retrieval {
  readonly runs: Runs;
  readonly testLimit: TestLimit;
  /** Ends all sessions; what is committed stays. */
  stop(): Promise<void>;
}

type LoopCore = RunCore & Pick<StorageCore, 'dataDir' | 'trust'>;

/** Polls what the schedule says is due, until it is stopped. */
export async function startRetrieval(core: LoopCore): Promise<Retrieval> {
  await emptySpool(join(core.dataDir, 'spool'));
  const runs = new Runs(core, core.dataDir);
  const stopping = new AbortController();
  const unsubscribe = core.trust.onRevoked(({ kind, id }) => {
    if (kind !== 'user') return;
    runs.stop(
      ({ user }) => user === id,
      new MailError('unavailable', 'user was revoked', { reason: 'lease-lost' }),
    );
  });
  // An account that was removed or changed has lost its lease: its session ends now, not at the next renewal.
  const unfollow = core.home.onChanged((user) => void runs.renew((lease) => lease.user === user));
  const polling = pollForEver(core, runs, stopping.signal);
  return {
    runs,
    testLimit: new TestLimit(core.clock),
    stop: async () => {
      unsubscribe();
      unfollow();
      stopping.abort();
      await runs.close();
      await polling;
    },
  };
}

async function pollForEver(core: LoopCore, runs: Runs, signal: AbortSignal): Promise<void> {
  const onFailure = { log: core.log, event: 'retrieval.claim-failed', pause: pauseUpTo(LONGEST_PAUSE) };
  let before = performance.eventLoopUtilization();
  await repeat(signal, onFailure, async () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const max = countFree({ running: runs.count, utilization, memory: process.memoryUsage.rss() });
    if (max === 0) return await runs.whenOneEnds();
    const { leases } = await core.profile.schedule.claim.mutate({ max, wait: true }, { signal });
    for (const lease of leases) void runs.start(lease);
    if (leases.length > 0) await sleep(decidePace(runs.count), signal);
  });
}

/** What a crash left of large messages: nothing refers to it. */
async function emptySpool(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const name of await readdir(dir)) await rm(join(dir, name), { force: true, recursive: true });
}
