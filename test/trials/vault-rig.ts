import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTRPCClient, httpLink } from '@trpc/client';
import { seedAccounts } from '../harness/seed-accounts.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { VaultStatus } from '../../profile-server/vault/rotation/rotation-jobs.ts';
import { loadPartKey, type PartKey } from '../../server-kit/auth/part-key.ts';
import { makeServiceLinks } from '../../server-kit/service-client.ts';
import { findFreePort } from '../harness/ports.ts';

export type Profile = ReturnType<typeof createTRPCClient<ProfileRouter>>;

export interface VaultProcess {
  child: ChildProcess;
  ended: Promise<unknown>;
  log(): string;
}

/** A profile-server in a process of its own, with accounts, and a storage-server's key that polls them. */
export interface VaultRig {
  dataDir: string;
  url: string;
  home: string;
  part: Profile;
  open: Profile;
  /** Starts it (again); with a crash point it kills itself there. */
  start(crash?: { point: string; nth: number }): Promise<VaultProcess>;
  /** What `valija master-key` would ask; waits for the answer. */
  ask(job: object): Promise<VaultStatus>;
  /** Lays the job down and does not wait. */
  lay(job: object): string;
  /** One poll: lease, secret, report. Answers the secret. */
  poll(account: number): Promise<string>;
}

const OF_A_USER = 4;

export async function startVaultRig(dir: string, accounts: number): Promise<VaultRig> {
  const dataDir = join(dir, 'profile-server');
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const key = await loadPartKey(join(dir, 'part'), { now: () => Date.now() });
  const part = createTRPCClient<ProfileRouter>({
    links: makeServiceLinks({ url, audience: 'profile', key }),
  });
  const open = createTRPCClient<ProfileRouter>({
    links: [httpLink({ url: `${url}/trpc`, headers: { origin: url } })],
  });
  const start: VaultRig['start'] = async (crash) => {
    return (
      await startChild([dataDir, String(port), 'sqlite', '', crash?.point ?? '', String(crash?.nth ?? 0)])
    ).process;
  };
  const first = await startChild([dataDir, String(port), 'sqlite', '', '', '0']);
  await enrol(open, key, first.code);
  first.process.child.kill('SIGTERM');
  await first.process.ended;
  const home = key.partId ?? '';
  await seedAccounts({ dataDir, home, accounts, hosts: ['pop.example.org'], port: 995 });
  const lay = (job: object): string => {
    const path = join(dataDir, 'rotating', `${randomUUID()}.job`);
    writeFileSync(`${path}.part`, JSON.stringify(job));
    renameSync(`${path}.part`, path);
    return path;
  };
  const ask = async (job: object): Promise<VaultStatus> => {
    const done = lay(job).replace(/\.job$/, '.done');
    while (!existsSync(done)) await sleep(50);
    return (JSON.parse(readFileSync(done, 'utf8')) as { value: VaultStatus }).value;
  };
  const poll = async (n: number): Promise<string> => {
    const user = `user_${Math.floor(n / OF_A_USER)}`;
    const account = `acc_${n}`;
    const { leases } = await part.schedule.take.mutate({ user, accounts: [account], purpose: 'test' });
    const lease = leases[0]?.id ?? '';
    const { secret } = await part.credential.use.mutate({ lease, account, purpose: 'test' });
    await part.schedule.report.mutate({ lease, result: { ok: true, new: 0, bytes: 0, messages: 0 } });
    return secret;
  };
  return { dataDir, url, home, part, open, start, ask, lay, poll };
}

async function enrol(open: Profile, key: PartKey, code: string): Promise<void> {
  const publicJwk = key.publicJwk as { kty: 'OKP'; crv: 'Ed25519'; x: string };
  const { part } = await open.part.enrol.mutate({ code, kind: 'storage-server', publicJwk });
  await key.setPartId(part);
}

async function startChild(args: string[]): Promise<{ process: VaultProcess; code: string }> {
  const file = join(import.meta.dirname, 'vault-child.ts');
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-20_000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error(`the profile-server ended:\n${log}`)));
  });
  const { code } = JSON.parse(line) as { code: string };
  return { process: { child, ended, log: () => log }, code };
}
