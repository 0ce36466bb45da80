import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { RelayChildOptions } from './relay-child.ts';

export interface RelayProcess {
  partId: string;
  pid: number;
  /** SIGKILL: no time to say anything. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the milliseconds that it took. */
  stop(): Promise<number>;
}

/** Starts relay-child.ts; `wrapper` is put in front, such as `['strace', '-f', …]`. */
export async function startRelayProcess(
  options: RelayChildOptions,
  wrapper: readonly string[] = [],
): Promise<RelayProcess> {
  const { settings, dataDir, port, profileUrl, enrolCode } = options;
  const input = JSON.stringify({ settings, dataDir, port, profileUrl, enrolCode });
  const command = [...wrapper, process.execPath, join(import.meta.dirname, 'relay-child.ts'), input];
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const first = await Promise.race([
    new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    ended.then(() => null),
  ]);
  if (first === null) throw new Error(`the relay ended:\n${errors}`);
  const { partId } = JSON.parse(first) as { partId: string };
  return {
    partId,
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      const start = performance.now();
      child.kill('SIGTERM');
      await ended;
      return performance.now() - start;
    },
  };
}
