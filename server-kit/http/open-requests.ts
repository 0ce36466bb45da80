import type { ServerResponse } from 'node:http';
import type { Caller } from '../auth/caller.ts';

/** Requests under way by caller: a stream lives no longer than the token or session that opened it. */
export class OpenRequests {
  readonly #open = new Map<ServerResponse, Caller>();

  track(res: ServerResponse, caller: Caller): void {
    if (res.closed || this.#open.has(res)) return;
    this.#open.set(res, caller);
    let timer: NodeJS.Timeout | undefined;
    if (caller.kind === 'user') {
      const left = Math.max(0, caller.expiresAt - Date.now());
      timer = setTimeout(() => endStream(res), left);
      timer.unref();
    }
    res.once('close', () => {
      clearTimeout(timer);
      this.#open.delete(res);
    });
  }

  endWhere(matches: (caller: Caller) => boolean): void {
    for (const [res, caller] of this.#open) if (matches(caller)) res.destroy();
  }
}

/** Only streams are ended with their token: a long answer that began with a live one is let finish. */
function endStream(res: ServerResponse): void {
  if (String(res.getHeader('content-type') ?? '').startsWith('text/event-stream')) res.destroy();
}
