import { makeSessionStore } from '../session/forget.ts';
import type { Problem } from '../session/problem.ts';
import { sessionStore } from '../session/session.ts';
import { readSession } from '../session/tokens.ts';
import { explainLater } from './explain.ts';
import { codeForSupport } from './support-code.ts';
import { say } from '../text/text.ts';
import { shellTexts } from '../text/shell.ts';

/** A message at the foot of the window. It stays while the pointer or the focus is on it. */
export interface Notice {
  id: number;
  kind: 'done' | 'problem';
  text: string;
  /** Smaller, under the text. */
  note?: string | null;
  /** Shown in place of the text: what is left in whole seconds. The text is what is read out, once. */
  counts?: (left: number) => string;
  action: { label: string; run: () => void } | null;
  /** Milliseconds until it goes by itself; null: it is closed by hand. */
  lasts: number | null;
}

export const noticeStore = makeSessionStore<readonly Notice[]>([]);
let lastId = 0;

/** Shows a notice; returns its id. At most three stand at a time. */
export function tell(notice: Omit<Notice, 'id'>): number {
  // What failed as the session ended would tell of it to whoever is at the sign-in now.
  if (sessionStore.get().phase === 'signed-out') return ++lastId;
  return show(notice);
}

function show(notice: Omit<Notice, 'id'>): number {
  lastId += 1;
  const shown = { ...notice, id: lastId };
  noticeStore.change((list) => [...list, shown].slice(-3));
  return lastId;
}

export function dismiss(id: number): void {
  noticeStore.change((list) => list.filter((notice) => notice.id !== id));
}

/** The newest notice's action: key `z`. */
export function runNewestAction(): void {
  const newest = noticeStore.get().findLast((notice) => notice.action !== null && notice.kind === 'done');
  if (newest === undefined) return;
  dismiss(newest.id);
  newest.action?.run();
}

export function tellProblem(problem: Problem, retry: (() => void) | null = null): void {
  void explainAndTell(problem, retry);
}

async function explainAndTell(problem: Problem, retry: (() => void) | null): Promise<void> {
  const session = readSession();
  const code = codeForSupport(problem);
  const text = await explainLater(problem);
  // At the sign-in only what went wrong there is told.
  if (session.aborted || problem.reason === 'session-ended') return;
  show({
    kind: 'problem',
    text,
    note: code === null ? null : say(shellTexts, 'support-code', { code }),
    action: retry === null ? null : { label: say(shellTexts, 'retry'), run: retry },
    lasts: retry === null ? 10_000 : null,
  });
}
