import { readFileSync, readdirSync } from 'node:fs';

/** Clock ticks a second of /proc, the same on every Linux that Node runs on. */
const TICKS = 100;

/** CPU seconds of a process and all below it, those that ended included. */
export function readCpu(pid: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(name));
  const wanted = new Set([pid]);
  for (let before = 0; before !== wanted.size;) {
    before = wanted.size;
    for (const stat of stats) if (wanted.has(stat.parent)) wanted.add(stat.pid);
  }
  const ticks = stats.filter((stat) => wanted.has(stat.pid)).map((stat) => stat.ticks);
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS;
}

function readStat(name: string): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // Behind the name of the program, which may contain anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0);
    return [{ pid: Number(name), parent: Number(fields[1]), ticks }];
  } catch {
    return [];
  }
}
