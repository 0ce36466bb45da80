import type { Rule } from '../../../common/shapes/rule.ts';
import { checkScript } from '../../../common/sieve/check-script.ts';
import type { RuleText } from '../../../common/sieve/form/split-rules.ts';
import type { SieveProblem } from '../../../common/sieve/problem.ts';

/** What becomes of the rules of a file. */
export interface ImportPlan {
  add: RuleText[];
  /** How many are there already, with the same name and script. */
  unchanged: number;
  /** What Valija cannot have, and why. */
  skipped: { name: string; fault: SieveProblem }[];
}

/** As the command line does it: one rule that cannot be had keeps none of the others out, and the same file again adds nothing. */
export function planImport(
  found: readonly RuleText[],
  known: readonly Pick<Rule, 'name' | 'script'>[],
): ImportPlan {
  const plan: ImportPlan = { add: [], unchanged: 0, skipped: [] };
  for (const one of found) {
    const [fault] = checkScript(one.script);
    if (fault !== undefined) plan.skipped.push({ name: one.name, fault });
    else if (known.some(({ name, script }) => name === one.name && script === one.script)) plan.unchanged++;
    else plan.add.push(one);
  }
  return plan;
}
