import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTRPCClient } from '@trpc/client';
import Sqlite from 'better-sqlite3';
import type { ProfileRouter } from '../../profile-server/router.ts';
import { startProfileServer } from '../../profile-server/server.ts';
import { loadPartKey } from '../../server-kit/auth/part-key.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { makeServiceLinks } from '../../server-kit/service-client.ts';
import { readSettings } from '../../server-kit/settings.ts';
import { startStorageServer } from '../../storage-server/server.ts';
import { findFreePort } from '../../test/harness/ports.ts';
import { seedAccounts } from '../../test/harness/seed-accounts.ts';

export interface IdleRun {
  dir: string;
  accounts: number;
  hosts: string[];
  port: number;
  /** Polls of one measured round; those that are due beyond it stay due. */
  sample: number;
  rounds: number;
}

/** One figure for each round. CPU of this whole process: profile-server and storage-server, with their threads. */
export interface IdleFigures {
  pollsASecond: number[];
  /** Milliseconds of CPU for one whole poll. */
  cpuOfPoll: number[];
  /** Milliseconds of CPU for one lease, when nothing else is done. */
  cpuOfLease: number[];
  memory: number;
}

/** What is changed under its hands the schedule sees within this. */
const NOTICE = 6000;
/** More than are under way at any time. */
const BEYOND = 1000;
const LEASES = { claims: 20, each: 20 };

const execute = promisify(execFile);
const clock = { now: () => Date.now() };
const run = JSON.parse(process.argv[2] ?? '{}') as IdleRun;
const [profilePort, storagePort] = [await findFreePort(), await findFreePort()];
const env: Record<string, string> = { ALLOW_NETWORKS: '127.0.0.0/8' };
const ports = { profile: profilePort, storage: storagePort, submission: 2, relay: 3 };
const settings = readSettings((name) => env[name], ports);
const profileDir = join(run.dir, 'profile-server');
const storageDir = join(run.dir, 'storage-server');
const common = { settings, clock, random: randomBytes, log: silentLogger };
const profile = await startProfileServer({
  ...common,
  dataDir: profileDir,
  port: profilePort,
  webRoot: null,
});
const startStorage = async (enrolCode: string | null) =>
  await startStorageServer({
    ...common,
    dataDir: storageDir,
    port: storagePort,
    profileUrl: settings.publicUrl,
    enrolCode,
  });
let storage = await startStorage(await profile.makeEnrolCode('storage-server'));
const home = storage.partId;
await storage.stop();
await seedAccounts({ ...run, dataDir: profileDir, home });
const databaseFile = join(profileDir, 'profile.sqlite');
const database = new Sqlite(databaseFile, { timeout: 10_000 });

/** Polls that went well, of all times. */
async function countPolls(): Promise<number> {
  const text = await (await fetch(`${settings.publicUrl}/metrics`)).text();
  return Number(/polls_total\{result="ok"\} (\d+)/.exec(text)?.[1]);
}

function makeDue(at: number): void {
  database.prepare('UPDATE poll SET next_at = ?').run(at);
  // What this bench has written is not to be cleared away at the expense of a poll.
  database.pragma('wal_checkpoint(TRUNCATE)');
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Until what came in the round before is judged, parsed and indexed too. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 120; turn++) {
    const cpu = process.cpuUsage();
    await pause(1000);
    const used = process.cpuUsage(cpu);
    if (used.user + used.system < 50_000) return;
  }
}

/** All due at once. After `sample` polls nothing more is due; those under way are ended and count too, or a part of their cost would be that of others. */
async function measureRound(sample: number): Promise<{ pollsASecond: number; cpuOfPoll: number }> {
  makeDue(Date.now() + NOTICE);
  await pause(NOTICE - 500);
  const before = await countPolls();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let done = 0;
  while (done < sample) {
    await pause(100);
    done = (await countPolls()) - before;
    if (performance.now() - begun > 600_000) throw new Error(`only ${done} polls went well`);
  }
  const seconds = (performance.now() - begun - 500) / 1000;
  const pollsASecond = done / seconds;
  await execute(process.execPath, [join(import.meta.dirname, 'stop-polls.ts'), databaseFile]);
  const leases = database.prepare('SELECT COUNT(*) FROM lease').pluck();
  while (leases.get() !== 0) await pause(50);
  const used = process.cpuUsage(cpu);
  const all = (await countPolls()) - before;
  await settle();
  return { pollsASecond, cpuOfPoll: (used.user + used.system) / 1000 / all };
}

/** Claims alone, with everything due: what a home waits for again and again. */
async function measureClaims(): Promise<number> {
  const key = await loadPartKey(storageDir, clock);
  const links = makeServiceLinks<ProfileRouter>({ url: settings.publicUrl, audience: 'profile', key });
  const client = createTRPCClient<ProfileRouter>({ links });
  makeDue(Date.now());
  await pause(NOTICE);
  await client.schedule.claim.mutate({ max: 1, wait: true });
  const cpu = process.cpuUsage();
  let leases = 0;
  for (let n = 0; n < LEASES.claims; n++) {
    leases += (await client.schedule.claim.mutate({ max: LEASES.each, wait: true })).leases.length;
  }
  const used = process.cpuUsage(cpu);
  return (used.user + used.system) / 1000 / leases;
}

storage = await startStorage(null);
const figures: IdleFigures = { pollsASecond: [], cpuOfPoll: [], cpuOfLease: [], memory: 0 };
// The first round brings what is there, and warms up: also of accounts that later rounds reach beyond their sample.
await measureRound(Math.min(run.accounts, run.sample + BEYOND));
for (let round = 0; round < run.rounds; round++) {
  const { pollsASecond, cpuOfPoll } = await measureRound(run.sample);
  figures.pollsASecond.push(pollsASecond);
  figures.cpuOfPoll.push(cpuOfPoll);
}
figures.memory = process.memoryUsage.rss();
await storage.stop();
database.exec('DELETE FROM lease');
// One host has fewer places than these claims ask for.
for (let round = 0; run.hosts.length > 1 && round < run.rounds; round++) {
  figures.cpuOfLease.push(await measureClaims());
  database.exec('DELETE FROM lease');
}
console.log(JSON.stringify(figures));
database.close();
await profile.stop();
