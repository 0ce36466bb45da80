import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { makeAuthority } from '../../test/harness/certificate.ts';
import { hasComponent } from '../../test/harness/component.ts';
import { startDovecot } from '../../test/harness/dovecot.ts';
import { findFreePort } from '../../test/harness/ports.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import { runFetchmail } from './fetchmail.ts';
import type { IdleFigures, IdleRun } from './our-servers.ts';
import { median } from '../percentile.ts';

/** Polls that find nothing: all accounts due at once on a Dovecot with TLS beside fetchmail, then how the cost grows with the schedule. */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    growth: { type: 'string', default: '1000,100000' },
    /** Polls measured in each round of the growth, at least 1,000. */
    sample: { type: 'string', default: '3000' },
    hosts: { type: 'string', default: '100' },
  },
});
const run = promisify(execFile);
const rounds = Number(values.rounds);
const temp = makeTempDir('bench-idle');
chmodSync(temp.path, 0o755);
const authority = makeAuthority(temp.path);
const HOSTS = Array.from({ length: Number(values.hosts) }, (_, n) => `127.0.1.${n + 1}`);

function show(numbers: number[], digits: number): string {
  return `${median(numbers).toFixed(digits)} (${numbers.map((one) => one.toFixed(digits)).join(' ')})`;
}

async function runOurs(options: IdleRun): Promise<IdleFigures> {
  mkdirSync(options.dir, { recursive: true });
  const args = [join(import.meta.dirname, 'our-servers.ts'), JSON.stringify(options)];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority.certFile };
  const { stdout } = await run(process.execPath, args, { env, maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as IdleFigures;
}

async function besidePeer(accounts: number): Promise<void> {
  const users = Object.fromEntries(Array.from({ length: accounts }, (_, n) => [`u${n}`, 'secret']));
  const certificate = authority.issue(['localhost', '127.0.0.1']);
  const extra = 'service pop3 {\n  process_limit = 2000\n}\nservice auth {\n  client_limit = 8000\n}\n';
  const dovecot = await startDovecot({ users, certificate, extra });
  try {
    for (const user of Object.keys(users)) {
      dovecot.deliver(user, [Buffer.from(`Subject: ${user}\r\nFrom: a@example.org\r\n\r\nOne.\r\n`)]);
    }
    const port = dovecot.tlsPort;
    const dir = join(temp.path, 'dovecot');
    const ours = await runOurs({ dir, accounts, hosts: ['localhost'], port, sample: accounts, rounds });
    console.log(`${accounts} accounts due at once, Dovecot on loopback, TLS, nothing new, ${rounds} rounds`);
    console.log(`valija     polls/s ${show(ours.pollsASecond, 0)}  CPU ms/poll ${show(ours.cpuOfPoll, 2)}`);
    if (!hasComponent('fetchmail')) return console.log('fetchmail is not installed');
    const peerDir = join(temp.path, 'fetchmail');
    const from = { accounts, port, authority: authority.certFile, rounds };
    const peer = await runFetchmail(peerDir, from);
    console.log(`fetchmail  polls/s ${show(peer.pollsASecond, 0)}  CPU ms/poll ${show(peer.cpuOfPoll, 2)}`);
    const faster = median(ours.pollsASecond) / median(peer.pollsASecond);
    const dearer = median(ours.cpuOfPoll) / median(peer.cpuOfPoll);
    console.log(`valija polls ${faster.toFixed(1)}x as fast for ${dearer.toFixed(2)}x the CPU of fetchmail`);
  } finally {
    await dovecot.stop();
  }
}

async function growing(counts: number[]): Promise<void> {
  const port = await findFreePort();
  const { certFile, keyFile } = authority.issue(HOSTS);
  const crowd = fork(join(import.meta.dirname, 'crowd.ts'), [String(port), certFile, keyFile]);
  await once(crowd, 'message');
  try {
    console.log(
      `schedules of simulated servers at ${HOSTS.length} hosts, all accounts due at once, TLS, nothing new`,
    );
    const cpu: number[] = [];
    for (const accounts of counts) {
      const dir = join(temp.path, `growth-${accounts}`);
      const sample = Math.min(accounts, Number(values.sample));
      const figures = await runOurs({ dir, accounts, hosts: HOSTS, port, sample, rounds });
      cpu.push(median(figures.cpuOfPoll));
      console.log(
        `${String(accounts).padStart(7)} accounts: CPU ms for a whole poll ${show(figures.cpuOfPoll, 2)}, ` +
          `for a claimed lease alone ${show(figures.cpuOfLease, 3)}, polls/s ${show(figures.pollsASecond, 0)}, ` +
          `${(figures.memory / 2 ** 20).toFixed(0)} MiB resident`,
      );
    }
    console.log(
      `the last costs ${((cpu.at(-1) ?? 0) / (cpu[0] ?? 1)).toFixed(2)}x the CPU of the first for each poll`,
    );
  } finally {
    crowd.kill('SIGKILL');
  }
}

try {
  if (Number(values.accounts) > 0) await besidePeer(Number(values.accounts));
  const counts = values.growth
    .split(',')
    .map(Number)
    .filter((count) => count > 0);
  if (counts.length > 0) await growing(counts);
} finally {
  temp.remove();
}
