import { readFileSync } from 'node:fs';
import { registerWithAccount } from '../../test/harness/add-account.ts';
import type { Dovecot } from '../../test/harness/dovecot.ts';
import { runValija, startSystem } from '../../test/harness/system.ts';

const WHO = { user: 'bench', password: 'a password of the bench 1' };
const MIB = 1024;

export interface Served {
  /** Of the run, as `check` says. */
  seconds: number;
  /** User and system, all threads. */
  cpu: number;
  /** Resident memory in MiB: before the check, the most during it, and the kernel's own high-water mark. */
  before: number;
  most: number;
  highWater: number;
  /** Seconds from the end of the run until the process had nothing to do any more, and the most memory until then: the index follows. */
  followed: number;
  mostFollowing: number;
}

/** A real `serve storage-server`, workers included, that retrieves by `valija check` what `deliver` puts into the maildrop. */
export async function serve(dovecot: Dovecot, count: number, deliver: () => Promise<void>): Promise<Served> {
  const system = await startSystem({ mode: 'serve' });
  try {
    const { pid } = system.processes.at(-1)!;
    await registerWithAccount(system, WHO, { port: dovecot.port, name: 'bench', password: 'secret' });
    await check(system);
    await deliver();
    const before = readMemory(pid, 'VmRSS');
    const cpu = readCpu(pid);
    let most = before;
    const sampling = setInterval(() => (most = Math.max(most, readMemory(pid, 'VmRSS'))), 20);
    const account = await check(system);
    const atEnd = { most, highWater: readMemory(pid, 'VmHWM'), cpu: readCpu(pid) };
    const followed = await waitUntilIdle(pid);
    clearInterval(sampling);
    if (account.new !== count) throw new Error(`${account.new} of ${count} came`);
    return {
      seconds: account.seconds,
      cpu: atEnd.cpu - cpu,
      before,
      most: atEnd.most,
      highWater: atEnd.highWater,
      followed,
      mostFollowing: most,
    };
  } finally {
    await system.stop();
  }
}

async function check(system: Parameters<typeof runValija>[0]): Promise<{ new: number; seconds: number }> {
  const { code, json, stderr } = await runValija(system, ['check'], WHO);
  if (code !== 0) throw new Error(stderr);
  return (json as { accounts: { new: number; seconds: number }[] }).accounts[0]!;
}

/** Seconds until the first moment after which it did next to nothing for a second. */
async function waitUntilIdle(pid: number): Promise<number> {
  const begun = performance.now();
  let busy = begun;
  let cpu = readCpu(pid);
  while (performance.now() - busy < 1500) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = readCpu(pid);
    if (now - cpu > 0.05) busy = performance.now();
    cpu = now;
  }
  return (busy - begun) / 1000;
}

function readMemory(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / MIB);
}

/** Linux counts in hundredths of a second. */
function readCpu(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
