import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from '../call.ts';
import type { Connection } from '../server/connection.ts';
import { watchEvents } from '../server/events.ts';
import { fill } from '../words/words.ts';

/** A run is never held back longer for the sake of showing it. */
const PATIENCE_MS = 2000;

/** Shows how far a run is: one line of stderr, rewritten, and only at a terminal. Returns what removes it. */
export async function showRunProgress(call: Call, { home }: Connection): Promise<() => void> {
  if (call.json || !process.stderr.isTTY) return () => undefined;
  let ended = false;
  let drawn = false;
  const draw = (text: string): void => {
    // Back to the first column, and clear to the end of the line.
    process.stderr.write(`\r\u001b[K${text}`);
    drawn = text !== '';
  };
  const watching = watchEvents(home, (event) => {
    if (ended || event.type !== 'rules') return;
    draw(fill(call.words().progressMails, { done: event.done, total: event.total }));
  });
  // Progress is a courtesy: a run works without it.
  const settled = watching.catch(() => null);
  await Promise.race([settled, wait(PATIENCE_MS)]);
  return () => {
    ended = true;
    if (drawn) draw('');
    void settled.then((watched) => watched?.stop());
  };
}
