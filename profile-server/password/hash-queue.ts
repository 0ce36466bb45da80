import { MailError } from '../../common/errors.ts';

/** At once: each takes 46 MiB and one of the four pool threads that files, zlib and signatures use too. */
const AT_ONCE = 2;
/** While people sign in: so that the next finds a place free at once. */
const BACKGROUND_AT_ONCE = 1;
/** Milliseconds after which nobody seems to sign in just now; who comes then waits for one hash at most. */
const QUIET = 1000;
/** Waiting costs some kilobytes each; beyond this some are asked to come again: about three minutes of work. */
const QUEUE_LIMIT = 5000;

interface Waiting {
  begin(): void;
  refuse(error: MailError): void;
}

/**
 * Who may hash a password next. Those who wait stand in one line for each place they come from, and the lines take turns:
 * a program that guesses from one place does not make all others wait for it. Background work goes on only while nobody waits.
 */
export class HashQueue {
  readonly #limit: number;
  /** In the order of their turns; a line that was served goes to the end. */
  readonly #lines = new Map<string, Waiting[]>();
  readonly #background: Waiting[] = [];
  #waiting = 0;
  #running = 0;
  #runningBackground = 0;
  #lastForeground = Number.NEGATIVE_INFINITY;
  readonly #now: () => number;

  /** `now` in milliseconds, from any beginning. */
  constructor(limit: number = QUEUE_LIMIT, now: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Runs `work` when it is its turn; MailError `unavailable` (`busy`) where too many wait and most of them for this line. */
  async run<T>(line: string, work: () => Promise<T>): Promise<T> {
    await this.#enter(line);
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  /** The same for what nobody waits for. */
  async runInBackground<T>(work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin, refuse) => {
      this.#background.push({ begin, refuse });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#runningBackground -= 1;
      this.#next();
    }
  }

  async #enter(line: string): Promise<void> {
    if (this.#waiting >= this.#limit) this.#makeRoom(line);
    await new Promise<void>((begin, refuse) => {
      const waiting = this.#lines.get(line) ?? [];
      waiting.push({ begin, refuse });
      this.#lines.set(line, waiting);
      this.#waiting += 1;
      this.#next();
    });
  }

  /** The last of the longest line has to go, unless that is the one who comes now. */
  #makeRoom(line: string): void {
    const busy = new MailError('unavailable', 'too many sign-ins at once', { reason: 'busy', retryAfter: 5 });
    const own = this.#lines.get(line)?.length ?? 0;
    const [longest] = [...this.#lines.values()].sort((a, b) => b.length - a.length);
    if (longest === undefined || longest.length <= own + 1) throw busy;
    this.#waiting -= 1;
    longest.pop()?.refuse(busy);
  }

  #next(): void {
    while (this.#running < AT_ONCE) {
      const next = this.#takeWaiting() ?? this.#takeBackground();
      if (next === null) return;
      this.#running += 1;
      next.begin();
    }
  }

  #takeWaiting(): Waiting | null {
    const [turn] = this.#lines;
    if (turn === undefined) return null;
    this.#lastForeground = this.#now();
    const [line, waiting] = turn;
    const next = waiting.shift() ?? null;
    this.#lines.delete(line);
    if (waiting.length > 0) this.#lines.set(line, waiting);
    this.#waiting -= 1;
    return next;
  }

  #takeBackground(): Waiting | null {
    const isQuiet = this.#now() - this.#lastForeground > QUIET;
    if (this.#runningBackground >= (isQuiet ? AT_ONCE : BACKGROUND_AT_ONCE)) return null;
    const next = this.#background.shift() ?? null;
    if (next !== null) this.#runningBackground += 1;
    return next;
  }
}
