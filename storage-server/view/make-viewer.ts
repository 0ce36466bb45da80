import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { makeTurns } from '../picture/limit-turns.ts';
import { VIEW_LIMITS, type DrawnPage, type ViewAnswer, type ViewRequest } from './view-protocol.ts';

const SCRIPT = fileURLToPath(new URL('./view-process.ts', import.meta.url));
/** A process that has nothing to do for so long ends, and forgets what it showed. */
const IDLE = 30 * SECOND;
/** Longer than it allows itself: its limits do not hold. */
const LATEST = (VIEW_LIMITS.seconds + 2) * SECOND;
/** The process does one thing at a time; users take turns, whatever one of them asks for. */
const TURNS = { each: 1, all: 1, waiting: 30 };

export type Wanted = Omit<ViewRequest, 'call' | 'bytes'>;

/** Draws files of strangers, one after the other, in a process of its own that holds the file that was looked at last. */
export interface Viewer {
  /** `read` is asked when the process does not hold the file. MailError `invalid` with a ViewProblem, `timeout`, `unavailable`. */
  draw(user: string, wanted: Wanted, read: () => Promise<Uint8Array>): Promise<DrawnPage>;
  stop(): Promise<void>;
}

/** `latest`: milliseconds after which a file that is still drawn is given up. */
export function makeViewer(log: Logger, latest: number = LATEST): Viewer {
  let child: ChildProcess | null = null;
  let held: string | null = null;
  let idle: NodeJS.Timeout | null = null;
  const takeTurn = makeTurns(TURNS);
  let calls = 0;
  let stopped = false;

  const forget = (made: ChildProcess | null): void => {
    if (child !== made) return;
    child = null;
    held = null;
  };
  const open = (): ChildProcess => {
    const made = fork(SCRIPT, [], {
      // Nothing of what this process was told: no passwords of databases, no keys.
      env: { NODE_NO_WARNINGS: '1' },
      execArgv: ['--max-old-space-size=256'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    made.once('exit', (code, signal) => {
      forget(made);
      if (signal !== null && signal !== 'SIGTERM') log.warn('view.process-ended', { code, signal });
    });
    // Said once more by whoever waits for its answer.
    made.on('error', () => undefined);
    return made;
  };
  const ask = async (wanted: Wanted, read: () => Promise<Uint8Array>): Promise<DrawnPage> => {
    if (stopped) throw new MailError('unavailable', 'closed', { reason: 'closing' });
    if (idle !== null) clearTimeout(idle);
    const bytes = child !== null && held === wanted.key ? null : await read();
    const asked = (child ??= open());
    held = wanted.key;
    calls += 1;
    try {
      return await askProcess(asked, { ...wanted, call: calls, bytes }, latest);
    } catch (error) {
      // Whatever it is about to do, nobody waits for it.
      if (!(error instanceof MailError) || error.code !== 'invalid') {
        asked.kill('SIGKILL');
        forget(asked);
      }
      throw error;
    } finally {
      idle = setTimeout(() => child?.kill(), IDLE).unref();
    }
  };
  return {
    draw: async (user, wanted, read) => await takeTurn(user, async () => await ask(wanted, read)),
    stop: async () => {
      stopped = true;
      if (idle !== null) clearTimeout(idle);
      child?.kill('SIGKILL');
    },
  };
}

async function askProcess(child: ChildProcess, request: ViewRequest, latest: number): Promise<DrawnPage> {
  return await new Promise((resolve, reject) => {
    const refuse = (code: 'timeout' | 'invalid', reason: string): void =>
      done(() => reject(new MailError(code, 'the file is not shown', { reason })));
    const timer = setTimeout(() => refuse('timeout', 'view-slow'), latest);
    // Too much memory, or a fault in what decodes: this file is not shown, the next one is.
    const onExit = (): void => refuse('timeout', 'view-slow');
    const onMessage = (answer: ViewAnswer): void => {
      if (answer.call !== request.call) return;
      done(() => {
        if (answer.ok) resolve(answer.drawn);
        else reject(new MailError('invalid', 'the file is not shown', { reason: answer.reason }));
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
      if (error !== null) onExit();
    });
  });
}
