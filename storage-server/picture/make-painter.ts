import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { LIMITS, type DrawAnswer } from './draw-protocol.ts';

const SCRIPT = fileURLToPath(new URL('./picture-process.ts', import.meta.url));
/** A process that has nothing to do for so long ends, and gives back its memory. */
const IDLE = 20 * SECOND;
/** Longer than it allows itself: its limits do not hold. */
const LATEST = (LIMITS.seconds + 4) * SECOND;

/** Draws pictures of strangers anew, one after the other, in a process of its own. */
export interface Painter {
  /** WebP; MailError `invalid` reason `picture` for what is none, `picture-counter` for one that shows nothing. */
  draw(bytes: Uint8Array): Promise<Buffer>;
  stop(): Promise<void>;
}

export function makePainter(log: Logger): Painter {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let calls = 0;
  let stopped = false;

  const open = (): ChildProcess => {
    const made = fork(SCRIPT, [], {
      // Nothing of what this process was told: no passwords of databases, no keys.
      env: { NODE_NO_WARNINGS: '1' },
      execArgv: ['--max-old-space-size=64'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    made.once('exit', (code, signal) => {
      if (child === made) child = null;
      if (signal !== null && signal !== 'SIGTERM') log.warn('picture.process-ended', { code, signal });
    });
    // Said once more by whoever waits for its answer.
    made.on('error', () => undefined);
    return made;
  };
  const close = (): void => {
    child?.kill();
    child = null;
  };
  const ask = async (bytes: Uint8Array): Promise<Buffer> => {
    if (stopped) throw new MailError('unavailable', 'closed', { reason: 'closing' });
    if (idle !== null) clearTimeout(idle);
    child ??= open();
    calls += 1;
    try {
      return await askProcess(child, { call: calls, bytes });
    } catch (error) {
      // Whatever it is about to do, nobody waits for it.
      if (!(error instanceof MailError) || error.code !== 'invalid') {
        child?.kill('SIGKILL');
        child = null;
      }
      throw error;
    } finally {
      idle = setTimeout(close, IDLE).unref();
    }
  };
  return {
    draw: async (bytes) => {
      const mine = turn.then(async () => await ask(bytes));
      turn = mine.catch(() => undefined);
      return await mine;
    },
    stop: async () => {
      stopped = true;
      if (idle !== null) clearTimeout(idle);
      close();
      await turn;
    },
  };
}

async function askProcess(
  child: ChildProcess,
  request: { call: number; bytes: Uint8Array },
): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const refuse = (code: 'timeout' | 'unavailable', text: string): void =>
      done(() => reject(new MailError(code, text, { reason: 'picture' })));
    const timer = setTimeout(() => refuse('timeout', 'a picture took too long'), LATEST);
    const onExit = (): void => refuse('unavailable', 'the process that draws pictures ended');
    const onMessage = (answer: DrawAnswer): void => {
      if (answer.call !== request.call) return;
      done(() => {
        if (answer.ok) resolve(Buffer.from(answer.bytes));
        else reject(new MailError('invalid', 'no picture that is shown', { reason: answer.reason }));
      });
    };
    const done = (then: () => void): void => {
      clearTimeout(timer);
      child.off('exit', onExit);
      child.off('message', onMessage);
      then();
    };
    child.once('exit', onExit);
    child.on('message', onMessage);
    child.send(request, (error) => {
      if (error !== null) refuse('unavailable', 'the process that draws pictures is gone');
    });
  });
}
