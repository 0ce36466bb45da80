import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';

/** A server program on a loopback port, started by a test. */
export interface ChildServer {
  process: ChildProcess;
  /** Its last output, for failures. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts a program and waits until its port answers; rejects with its output when it ends first. */
export async function startChildServer(
  file: string,
  args: string[],
  port: number,
  host = '127.0.0.1',
): Promise<ChildServer> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-10_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let running = true;
  void ended.then(() => (running = false));
  while (!(await canConnect(port, host))) {
    if (!running) throw new Error(`${file} ended:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    process: child,
    log: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function canConnect(port: number, host: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
