import type { Served } from './serve.ts';
import { median } from '../percentile.ts';

/** Seconds of each run; `valija` in a process that has run before, `fresh` in one that has just started. */
export type Times = Record<'socket' | 'valija' | 'fresh' | 'mpop' | 'fetchmail' | 'getmail', number[]>;

/** All runs, since some peers' times are bimodal, and how we stand to each. */
export function printTimes(times: Times, cpu: readonly number[], count: number): void {
  const floor = median(times.socket);
  for (const [name, all] of Object.entries(times)) {
    if (all.length === 0) continue;
    const middle = median(all);
    const each = all.map((one) => one.toFixed(2)).join(' ');
    const rate = `${(count / middle).toFixed(0)} msg/s`;
    console.log(
      `${name.padEnd(9)} median ${middle.toFixed(2)} s  (${each})  ${rate}  ${(middle / floor).toFixed(1)}x socket`,
    );
  }
  const ours = median(times.valija);
  for (const peer of ['mpop', 'fetchmail', 'getmail'] as const) {
    const theirs = times[peer];
    if (theirs.length === 0) continue;
    const best = Math.min(...theirs) / ours;
    console.log(
      `valija is ${(median(theirs) / ours).toFixed(2)}x as fast as ${peer} (its best run: ${best.toFixed(2)}x)`,
    );
  }
  console.log(`valija used ${median(cpu).toFixed(2)} s of CPU in all its threads`);
}

export function printMemory({
  seconds,
  cpu,
  before,
  most,
  highWater,
  followed,
  mostFollowing,
}: Served): void {
  console.log(
    `serve storage-server: ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU, resident ${before} MiB before, at most ${most} MiB (VmHWM ${highWater})`,
  );
  console.log(
    `its index followed for ${followed.toFixed(1)} s, resident at most ${mostFollowing} MiB until then`,
  );
}
