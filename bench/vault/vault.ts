import { parseArgs } from 'node:util';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { startVaultRig, type VaultRig } from '../../test/trials/vault-rig.ts';
import { percentile } from '../percentile.ts';

/**
 * `npm run bench -- vault [--accounts 10000] [--pollers 16]`: polls (a lease, its secret, its result) run all the time while the
 * master key is rotated, and then while all users get other data keys. Not one may fail.
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    pollers: { type: 'string', default: '16' },
  },
});
const accounts = Number(values.accounts);
const pollers = Number(values.pollers);

interface Phase {
  name: string;
  seconds: number;
  polls: number;
  failed: number;
  times: number[];
}

const dir = makeTempDir('bench-vault');
const rig = await startVaultRig(dir.path, accounts);
const server = await rig.start();
let phase: Phase = begin('before');
const stopping = new AbortController();
let next = 0;
const errors: unknown[] = [];
const load = Promise.all(Array.from({ length: pollers }, async () => await pollOnAndOn(rig)));

const phases: Phase[] = [];
await wait(5000);
phases.push(end());
phase = begin('master key');
await rig.ask({ do: 'rotate', newKeyFile: null });
const moved = await untilDone('master');
phases.push(end());
phase = begin('data keys');
await rig.ask({ do: 'renew-data-keys' });
const renewed = await untilDone('data');
phases.push(end());
stopping.abort();
await load;
server.child.kill('SIGTERM');
await server.ended;
dir.remove();

console.log(
  `${accounts} accounts, ${pollers} polls at once; ${moved} rows moved, ${renewed} users' data keys renewed`,
);
for (const { name, seconds, polls, failed, times } of phases) {
  const at = (share: number): string => percentile(times, share).toFixed(1);
  console.log(
    `${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${String(polls).padStart(6)} polls  ${failed} failed  ` +
      `secret in ${at(0.5)} ms (p50), ${at(0.99)} ms (p99)`,
  );
}
for (const error of errors.slice(0, 5)) console.log(error);
process.exitCode = phases.some(({ failed }) => failed > 0) ? 1 : 0;

async function pollOnAndOn(rig: VaultRig): Promise<void> {
  while (!stopping.signal.aborted) {
    const account = (next += 1) % accounts;
    const begun = performance.now();
    try {
      if ((await rig.poll(account)) !== 'secret') throw new Error('another secret');
      phase.polls += 1;
    } catch (error) {
      phase.failed += 1;
      errors.push(error);
    }
    phase.times.push(performance.now() - begun);
  }
}

function begin(name: string): Phase {
  return { name, seconds: performance.now() / 1000, polls: 0, failed: 0, times: [] };
}

function end(): Phase {
  return { ...phase, seconds: performance.now() / 1000 - phase.seconds };
}

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

async function untilDone(kind: 'master' | 'data'): Promise<number> {
  for (;;) {
    const { rotations } = await rig.ask({ do: 'status' });
    const rotation = rotations.find((one) => one.kind === kind);
    if (rotation !== undefined && rotation.endedAt !== null) return rotation.moved;
  }
}
