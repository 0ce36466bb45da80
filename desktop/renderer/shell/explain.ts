import type { describeError } from '../../../common/error-texts/describe.ts';
import type { ErrorText } from '../../../common/error-texts/error-text.ts';
import { makeStore, useStore } from '../parts/store.ts';
import type { AccountProblem } from '../../../common/shapes/account.ts';
import type { Problem } from '../session/problem.ts';
import { shellTexts } from '../text/shell.ts';
import { languageStore, say } from '../text/text.ts';

/** The sentences for every error are read when the first one is needed. */
const describeStore = makeStore<typeof describeError | null>(null);

async function loadSentences(): Promise<void> {
  if (describeStore.get() !== null) return;
  const found = await import('../../../common/error-texts/describe.ts').catch(() => null);
  if (found !== null) describeStore.set(found.describeError);
}

/** What happened, and what to do; before the sentences are there, that it did not work. */
function describeProblem(problem: Problem | AccountProblem): ErrorText {
  if (problem.code === 'offline')
    return { message: say(shellTexts, 'no-connection'), action: say(shellTexts, 'no-connection-do') };
  const describe = describeStore.get();
  if (describe !== null) return describe(problem, languageStore.get());
  return { message: say(shellTexts, 'failed', { code: problem.code }), action: null };
}

/** The same in one or two sentences. `retried`: where there is no connection, it is tried again by itself. */
function explainProblem(problem: Problem, retried = false): string {
  if (retried && problem.code === 'offline') return say(shellTexts, 'offline');
  const { message, action } = describeProblem(problem);
  return action === null ? message : `${message} ${action}`;
}

export async function explainLater(problem: Problem): Promise<string> {
  await loadSentences();
  return explainProblem(problem);
}

/** `explainProblem` for screens: they change when the sentences arrive, and with the language. */
export function useExplain(): typeof explainProblem {
  useStore(describeStore);
  useStore(languageStore);
  void loadSentences();
  return explainProblem;
}

/** `describeProblem` for screens that show what to do by itself, also for an account's problem. */
export function useDescribe(): (problem: Problem | AccountProblem) => ErrorText {
  useExplain();
  return describeProblem;
}
