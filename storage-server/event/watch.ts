import type { StoreEvent } from '../../common/shapes/event.ts';
import { SECOND } from '../../common/time.ts';
import type { Mails } from '../mail/mails.ts';
import type { Events } from './events.ts';

/** A hint may be lost (another process, a crash between commit and hint): this often the modseq is read anyway. */
const HEAL_EVERY = 25 * SECOND;
/** A client that does not read gets only the newest. */
const MOST_WAITING = 200;

export interface WatchedEvent {
  modseq: number;
  event: StoreEvent;
}

/** Endless until `signal`; the first is the modseq as it stands. Changes that come faster than they are read are one. */
export async function* watchUser(
  core: { mails: Mails; events: Events },
  user: string,
  signal: AbortSignal | undefined,
  healEvery = HEAL_EVERY,
): AsyncGenerator<WatchedEvent> {
  let waiting: StoreEvent[] = [];
  let wake = (): void => undefined;
  const unsubscribe = core.events.subscribe(user, (event) => {
    if (event.type === 'changed') waiting = waiting.filter((one) => one.type !== 'changed');
    waiting.push(event);
    if (waiting.length > MOST_WAITING) waiting.shift();
    wake();
  });
  let ended = signal?.aborted === true;
  const onAbort = (): void => {
    ended = true;
    wake();
  };
  signal?.addEventListener('abort', onAbort);
  try {
    let modseq = await core.mails.readModseq(user);
    yield { modseq, event: { type: 'changed', modseq } };
    for (;;) {
      if (ended) return;
      if (waiting.length === 0) {
        const timedOut = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), healEvery);
          wake = () => (clearTimeout(timer), resolve(false));
          if (waiting.length > 0 || ended) wake();
        });
        if (timedOut) {
          const now = await core.mails.readModseq(user);
          if (now > modseq) waiting.push({ type: 'changed', modseq: now });
        }
      }
      for (const event of waiting.splice(0)) {
        if (event.type === 'changed') {
          if (event.modseq <= modseq) continue;
          modseq = event.modseq;
        }
        yield { modseq, event };
      }
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', onAbort);
  }
}
