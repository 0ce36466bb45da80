import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readCpu } from './cpu.ts';
import type { Peer } from './peer.ts';
import type { CountingSink } from './sink.ts';

export interface Load {
  /** Bytes of one message. */
  size: number;
  sessions: number;
  messages: number;
}

export interface Figure {
  /** Mails a second, from the first connection until the last is at the sink. */
  delivered: number;
  /** The same until the last was answered with 250. */
  accepted: number;
  /** CPU milliseconds of the relay for each mail. */
  cpu: number;
}

/** How long the sink may stand still before a run counts as broken. */
const PATIENCE_MS = 20_000;
/** And how long it may be loaded at all. */
const LONGEST_LOAD_MS = 120_000;

/** One run of a load through a peer; where it has to sign in our own load does it, over TLS. */
export async function measure(peer: Peer, sink: CountingSink, load: Load): Promise<Figure> {
  const before = { mails: sink.count, cpu: readCpu(peer.pid), at: performance.now() };
  await (peer.signIn ? runAuthLoad(peer.port, load, await peer.signIn()) : runSource(peer.port, load));
  const accepted = performance.now() - before.at;
  await sink.reach(before.mails + load.messages, PATIENCE_MS);
  const delivered = performance.now() - before.at;
  const cpu = readCpu(peer.pid) - before.cpu;
  const rate = (ms: number): number => (load.messages / ms) * 1000;
  return { delivered: rate(delivered), accepted: rate(accepted), cpu: (cpu / load.messages) * 1000 };
}

/** Debian's smtp-source, each session with one connection. */
async function runSource(port: number, { size, sessions, messages }: Load): Promise<void> {
  const counts = ['-s', `${sessions}`, '-m', `${messages}`, '-l', `${size}`];
  const envelope = ['-f', 'bench@bench.test', '-t', 'sink@sink.test'];
  await run('/usr/sbin/smtp-source', ['-d', ...counts, ...envelope, `127.0.0.1:${port}`], {});
}

async function runAuthLoad(port: number, { size, sessions, messages }: Load, signIn: string): Promise<void> {
  const script = join(import.meta.dirname, 'auth-load.ts');
  await run(process.execPath, [script, ...[port, sessions, messages, size].map(String)], { SIGN_IN: signIn });
}

async function run(program: string, args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  const patience = setTimeout(() => child.kill('SIGKILL'), LONGEST_LOAD_MS);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(patience);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}
