import { setTimeout as wait } from 'node:timers/promises';
import type { CheckEvent } from '../../common/shapes/event.ts';
import type { Call } from '../call.ts';
import { cut } from '../format.ts';
import { ask, type Connection } from '../server/connection.ts';
import { watchEvents } from '../server/events.ts';
import { fill, type Words } from '../words/words.ts';

/** A check is never held back longer for the sake of showing it. */
const PATIENCE_MS = 2000;

/**
 * Shows how far a check is while it runs: one line of stderr, rewritten, and only at a terminal. Returns what removes it.
 * `account` is the only one that counts, undefined all.
 */
export async function showProgress(
  call: Call,
  connection: Connection,
  account?: string,
): Promise<() => void> {
  if (call.json || !process.stderr.isTTY) return () => undefined;
  const { accounts } = await ask(connection.profile.account.list.query());
  const emails = new Map(accounts.map(({ id, email }) => [id, email]));
  const line = makeProgressLine(
    (text) => process.stderr.write(text),
    () => process.stderr.columns || 80,
    call.words(),
  );
  let ended = false;
  const watching = watchEvents(connection.home, (event) => {
    if (ended || event.type !== 'check' || (account !== undefined && event.account !== account)) return;
    line.show(event, emails.get(event.account) ?? event.account);
  });
  // Progress is a courtesy: a check works without it.
  const settled = watching.catch(() => null);
  await Promise.race([settled, wait(PATIENCE_MS)]);
  return () => {
    ended = true;
    line.clear();
    void settled.then((watched) => watched?.stop());
  };
}

/** The line: every account that is being checked, one after the other. */
export function makeProgressLine(
  write: (text: string) => void,
  columns: () => number,
  words: Words,
): { show(event: CheckEvent, email: string): void; clear(): void } {
  const running = new Map<string, string>();
  let drawn = false;
  const draw = (): void => {
    const text = cut([...running.values()].join(' · '), columns() - 1);
    // Back to the first column, and clear to the end of the line.
    if (drawn || text !== '') write(`\r\u001b[K${text}`);
    drawn = text !== '';
  };
  return {
    show: (event, email) => {
      if (event.phase === 'done' || event.phase === 'failed') running.delete(event.account);
      else running.set(event.account, describePhase(event, email, words));
      draw();
    },
    clear: () => {
      running.clear();
      draw();
    },
  };
}

function describePhase({ phase, done, total }: CheckEvent, email: string, words: Words): string {
  if (phase === 'retrieving' && total !== null) return fill(words.progressCount, { email, done, total });
  return fill(phase === 'connecting' ? words.progressConnecting : words.progressListing, { email });
}
