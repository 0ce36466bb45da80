import type { MailError } from '../../../common/errors.ts';

/** Sessions of one user at one POP3 server at once; the schedule gives no more either, a check of ten accounts asks for them. */
const MOST = 4;

/** Sessions of a user with many accounts at one server take turns. */
export class HostTurns {
  readonly #under = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** Resolves when it is this session's turn, with what ends it; rejects with the signal's reason. */
  async enter(user: string, host: string, signal: AbortSignal): Promise<() => void> {
    const key = `${user} ${host}`;
    if ((this.#under.get(key) ?? 0) >= MOST) await this.#wait(key, signal);
    else this.#under.set(key, (this.#under.get(key) ?? 0) + 1);
    let left = false;
    return () => {
      if (!left) this.#leave(key);
      left = true;
    };
  }

  /** The place of the one that ends is handed on, so that nobody comes between. */
  #leave(key: string): void {
    const next = this.#waiting.get(key)?.shift();
    if (next !== undefined) return next();
    const left = (this.#under.get(key) ?? 1) - 1;
    if (left > 0) this.#under.set(key, left);
    else {
      this.#under.delete(key);
      this.#waiting.delete(key);
    }
  }

  async #wait(key: string, signal: AbortSignal): Promise<void> {
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, waiting);
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal.reason as MailError);
      };
      waiting.push(turn);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
    });
  }
}
