import type { describeError } from '../../../common/error-texts/describe.ts';
import { makeStore, useStore } from '../parts/store.ts';
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

/** What happened and what to do, in one or two sentences; before the sentences are there, that it did not work. */
function explainProblem(problem: Problem): string {
  if (problem.code === 'offline') return say(shellTexts, 'offline');
  const describe = describeStore.get();
  if (describe === null) return say(shellTexts, 'failed', { code: problem.code });
  const { message, action } = describe(problem, languageStore.get());
  return action === null ? message : `${message} ${action}`;
}

export async function explainLater(problem: Problem): Promise<string> {
  await loadSentences();
  return explainProblem(problem);
}

/** `explainProblem` for screens: they change when the sentences arrive, and with the language. */
export function useExplain(): (problem: Problem) => string {
  useStore(describeStore);
  useStore(languageStore);
  void loadSentences();
  return explainProblem;
}
