import { MailError } from '../../common/errors.ts';
import { rule, type Rule } from '../../common/shapes/rule.ts';
import { checkScript } from '../../common/sieve/check-script.ts';
import { makeSieveError } from '../../common/sieve/problem.ts';
import { checkShape } from '../profile/item/check-shape.ts';
import type { ItemRecord } from '../profile/profile-store.ts';

/** Each of them runs for every mail. */
export const MAX_RULES = 500;

/**
 * A rule as it may be kept: its script fits Sieve and asks only for what Valija has. A mailbox that is not there is no
 * reason to refuse it: it may be made later, and until then such mail goes to the Inbox and the user is told.
 */
export function checkRule(id: string, value: unknown, existing: readonly ItemRecord[]): Rule {
  const checked = checkShape(rule, value);
  const others = existing.filter((other) => other.id !== id);
  if (others.length >= MAX_RULES) {
    throw new MailError('quota', `more than ${MAX_RULES} rules`, {
      reason: 'too-many',
      params: { limit: MAX_RULES },
    });
  }
  const [problem] = checkScript(checked.script);
  if (problem !== undefined) throw makeSieveError(problem);
  return checked;
}
