import { toProblem } from '../../session/problem.ts';
import { explainLater } from '../../shell/explain.ts';
import { composerTexts } from '../../text/composer.ts';
import { say } from '../../text/text.ts';
import { DraftNotSaved } from '../session/draft-state.ts';

/** Why a mail was not sent, and where it is now, as far as is known. `noted`: the notes in the composer say what refuses its sender. */
export async function sayNotSent(error: unknown, noted: boolean): Promise<string> {
  if (error instanceof DraftNotSaved) {
    return say(composerTexts, 'not-sent-unsaved', { reason: await explainLater(error.problem) });
  }
  const problem = toProblem(error);
  if (noted && problem.code === 'route-refused') return say(composerTexts, 'not-sent-below');
  // The server may have taken it; by its key it sends it once, however often it is asked.
  const isSilent = problem.code === 'offline' || problem.code === 'unavailable';
  return say(composerTexts, isSilent ? 'not-answered' : 'not-sent', { reason: await explainLater(problem) });
}
