import type { WaitingSend } from '../../../common/shapes/status.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { readClock } from '../parts/clock.ts';
import { forgetWithSession } from '../session/forget.ts';
import { dismiss, tell } from '../shell/notices.ts';
import { laterTexts } from '../text/later.ts';
import { say } from '../text/text.ts';
import { takeBack } from './change-waiting.ts';
import { sentHere } from './waiting.ts';

/** Mails with a notice here, and which. */
const offered = new Map<string, number>();
forgetWithSession(() => offered.clear());

/** Within its time for undo a mail can be taken back from any PC: this one says so too. */
export function offerUndo(sends: readonly WaitingSend[]): void {
  for (const { id, state, at, subject } of sends) {
    const left = at === null ? 0 : Date.parse(at) - readClock();
    if (state !== 'held' || left < 1000 || sentHere.has(id) || offered.has(id)) continue;
    const named = { subject: subject || say(laterTexts, 'no-subject') };
    const notice = tell({
      kind: 'done',
      text: say(laterTexts, 'held-elsewhere', named),
      counts: (n) => say(laterTexts, 'held-counts', { ...named, n }),
      action: { label: say(laterTexts, 'undo'), run: () => void takeBack(id) },
      lasts: left,
    });
    offered.set(id, notice);
    const stop = followWaiting(id, notice);
    setTimeout(stop, left);
  }
}

/** A notice about a mail that waits goes when the mail left or was taken back elsewhere. Returns how to end that. */
export function followWaiting(id: string, notice: number): () => void {
  // What was sent just now may not be in the list yet.
  let seen = false;
  const unsubscribe = queries.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] !== 'waiting') return;
    const sends = query.state.data as WaitingSend[] | undefined;
    const waits = sends?.some((one) => one.id === id);
    if (waits === false && seen) stop();
    seen ||= waits === true;
  });
  const stop = (): void => {
    unsubscribe();
    dismiss(notice);
    offered.delete(id);
    sentHere.delete(id);
  };
  return stop;
}
