import type { PauseView, RelayStatus } from '../../common/shapes/queue.ts';
import type { Call } from '../call.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { fill } from '../words/words.ts';

/** How much waits, and what is paused. */
export function formatStatus({ pauses, waiting, oldest, active }: RelayStatus, call: Call): string {
  const words = call.words();
  const language = call.language();
  const counts = formatTable(
    [
      [words['state/queued'], String(waiting.queued)],
      [words['state/deferred'], String(waiting.deferred)],
      [words['state/held'], String(waiting.held)],
      [words.queueBeingTried, String(active)],
      [words.oldest, oldest === null ? '–' : formatWhen(oldest, language)],
    ],
    [],
  );
  if (pauses.length === 0) return `${counts}\n${words.nothingPaused}`;
  const rows = pauses.map((pause) => [
    words['state/paused'],
    namePause(pause, call),
    fill(words.pauseWaiting, { n: pause.waiting }),
    formatWhen(pause.since, language),
    pause.by,
    cut(pause.reason, 80),
  ]);
  return `${counts}\n${formatTable(rows)}`;
}

function namePause({ destination, account }: PauseView, call: Call): string {
  return destination ?? account ?? call.words().everything;
}
