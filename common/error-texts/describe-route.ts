import type { Language } from '../shapes/profile.ts';
import type { RouteProblem } from '../shapes/route.ts';
import { describeError } from './describe.ts';
import type { ErrorText } from './error-text.ts';

/** The sentence of a problem that `route.check` or `route explain` names, and the next step. */
export function describeRouteProblem(
  problem: Pick<RouteProblem, 'code' | 'reason' | 'remedy' | 'params'>,
  language: Language,
): ErrorText {
  const { code, reason, remedy, params } = problem;
  return describeError({ code, reason: remedy ?? reason, params }, language);
}
