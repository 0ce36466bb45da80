import { spawn } from 'node:child_process';
import { findFreePort } from '../../test/harness/ports.ts';

/** Postfix's smtp-sink that only counts. */
export interface CountingSink {
  port: number;
  pid: number;
  /** Mails taken since the start. */
  readonly count: number;
  /** Resolves when `total` mails were taken; rejects when none came for `patienceMs`. */
  reach(total: number, patienceMs: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startCountingSink(): Promise<CountingSink> {
  const port = await findFreePort();
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('/usr/sbin/smtp-sink', [...asNobody, '-c', `127.0.0.1:${port}`, '1000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let count = 0;
  let changed = Promise.withResolvers<void>();
  child.stdout.on('data', (chunk: Buffer) => {
    const found = [...chunk.toString().matchAll(/mesg=(\d+)/g)].at(-1);
    if (!found) return;
    count = Number(found[1]);
    changed.resolve();
    changed = Promise.withResolvers();
  });
  const sink: CountingSink = {
    port,
    pid: child.pid ?? 0,
    get count() {
      return count;
    },
    reach: async (wanted, patienceMs) => {
      while (sink.count < wanted) {
        const patience = Promise.withResolvers<never>();
        const timer = setTimeout(
          () => patience.reject(new Error(`the sink has ${count} of ${wanted}`)),
          patienceMs,
        );
        await Promise.race([changed.promise, patience.promise]).finally(() => clearTimeout(timer));
      }
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
  return sink;
}
