import type { RuleAction, RuleForm } from '../../shapes/rule.ts';
import { findActionExtension, writeAction } from './write-action.ts';
import { findConditionExtension, writeCondition } from './write-condition.ts';
import { writeRequire } from './write-script.ts';

/** The script of a form; `readForm` reads it back. */
export function writeForm(form: RuleForm): string {
  const { all, conditions, actions } = orderForm(form);
  const needed = [...conditions.map(findConditionExtension), ...actions.map(findActionExtension)];
  const extensions = [...new Set(needed.filter((name) => name !== null))].sort();
  const commands = actions.map(writeAction);
  const tests = conditions.map(writeCondition);
  const [only] = tests;
  if (only === undefined) return `${writeRequire(extensions)}${commands.join('\n')}\n`;
  const test = tests.length === 1 ? only : `${all ? 'allof' : 'anyof'} (\n  ${tests.join(',\n  ')}\n)`;
  return `${writeRequire(extensions)}if ${test} {\n${commands.map((one) => `  ${one}\n`).join('')}}\n`;
}

/**
 * The same form as it reads after having been written: labels and flags come first, since a mail is stored with those that
 * were set before, and `stop` comes last; with one condition or none, all and any are the same.
 */
export function orderForm(form: RuleForm): RuleForm {
  const actions = [...form.actions].sort((one, other) => findRank(one) - findRank(other));
  return { ...form, all: form.all || form.conditions.length < 2, actions };
}

function findRank({ action }: RuleAction): number {
  if (action === 'label' || action === 'flag' || action === 'mark-read') return 0;
  return action === 'stop' ? 2 : 1;
}
