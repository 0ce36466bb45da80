import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { Ready } from '../../launch/ready.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
export const LAUNCHER = join(ROOT, 'launch', 'valija.mjs');

export interface ServerProcess {
  ready: Ready;
  pid: number;
  /** Everything on stdout so far: exactly the ready line, says the contract. */
  stdout(): string;
  /** The last lines of its log. */
  log(): string;
  /** The lines of its log that hold `text`, parsed. */
  grepLog(text: string): Record<string, unknown>[];
  /** The first group of the first line of its log, past or to come, that fits. */
  waitForLog(pattern: RegExp): Promise<string>;
  /** SIGTERM, then the exit code; an end that takes over 12 s fails. */
  stop(): Promise<number>;
  /** SIGKILL: what a power cut leaves. */
  kill(): Promise<void>;
  /** Resolves when it has ended by itself or by a signal. */
  ended: Promise<unknown>;
}

/** The environment of this process without settings of its own Valija. */
export function makeEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VALIJA_|LC_|LANG|NODE_TEST_CONTEXT)/.test(name),
  );
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8', ...extra };
}

/** Starts `valija ARGS --json` and waits for its ready line; rejects with its log when it ends first. `program`: instead of the launcher. */
export async function startServer(
  args: string[],
  env: NodeJS.ProcessEnv,
  program: readonly string[] = [LAUNCHER],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...program, ...args, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let stdout = '';
  child.stderr.setEncoding('utf8');
  const errorLines = createInterface({ input: child.stderr });
  errorLines.on('line', (line) => {
    if (!line.includes('"database.migrated"')) lines.push(line);
    if (lines.length > 2000) lines.splice(0, 1000);
  });
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => (stdout += chunk));
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
  const log = (): string => lines.slice(-60).join('\n');
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as Ready));
    void ended.then((code) => reject(new Error(`valija ${args.join(' ')} ended with ${code}:\n${log()}`)));
    child.once('error', reject);
  });
  return {
    ready,
    pid: child.pid ?? 0,
    stdout: () => stdout,
    log,
    grepLog: (text) =>
      lines
        .filter((line) => line.startsWith('{') && line.includes(text))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    waitForLog: async (pattern) =>
      await new Promise((resolve, reject) => {
        const look = (line: string): void => {
          const match = pattern.exec(line);
          if (match !== null) resolve(match[1] ?? '');
        };
        errorLines.on('line', look);
        lines.forEach(look);
        void ended.then((code) => reject(new Error(`ended with ${code}:\n${log()}`)));
      }),
    ended,
    stop: async () => await stopChild(child, ended, log),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function stopChild(child: ChildProcess, ended: Promise<number>, log: () => string): Promise<number> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => {
    console.error(`did not end within 12 s:\n${log()}`);
    child.kill('SIGKILL');
  }, 12_000);
  const code = await ended;
  clearTimeout(timer);
  return code;
}
