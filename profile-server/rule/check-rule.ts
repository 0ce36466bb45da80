import { rule, type Rule } from '../../common/shapes/rule.ts';
import { checkShape } from '../profile/check-shape.ts';

/** A rule as it may be kept. */
export function checkRule(value: unknown): Rule {
  return checkShape(rule, value);
}
