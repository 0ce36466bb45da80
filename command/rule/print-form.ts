import type { RuleAction, RuleCondition, RuleForm } from '../../common/shapes/rule.ts';
import type { Words } from '../words/words.ts';

const UNITS = [
  ['G', 2 ** 30],
  ['M', 2 ** 20],
  ['K', 2 ** 10],
] as const;

/** As `--if` takes it (parse-condition.ts); `nameAccount` gives the address of an account's id. */
export function printCondition(condition: RuleCondition, nameAccount: (id: string) => string): string {
  if (condition.test === 'size') {
    return `size ${condition.over ? 'over' : 'under'} ${printSize(condition.bytes)}`;
  }
  const not = condition.not ? 'not ' : '';
  if (condition.test === 'attachment') return `${not}attachment`;
  if (condition.test === 'account') return `${not}account ${nameAccount(condition.account)}`;
  const field = condition.test === 'header' ? `header:${condition.header}` : condition.test;
  return `${not}${field} ${condition.match} ${condition.value}`.trimEnd();
}

/** As `--do` takes it (parse-action.ts). */
export function printAction(action: RuleAction): string {
  switch (action.action) {
    case 'file':
      return `file ${action.mailbox}`;
    case 'label':
      return `label ${action.label}`;
    case 'forward':
      return `${action.keep ? 'forward' : 'redirect'} ${action.address}`;
    case 'vacation':
      return `vacation ${action.text}`;
    default:
      return action.action;
  }
}

/** What a rule does, in one line; null: only its script says it. */
export function printForm(form: RuleForm | null, words: Words, nameAccount: (id: string) => string): string {
  if (form === null) return words.ruleScript;
  const conditions = form.conditions.map((condition) => printCondition(condition, nameAccount));
  const when =
    conditions.length === 0 ? words.ruleEvery : conditions.join(form.all ? words.ruleAnd : words.ruleOr);
  return `${when} → ${form.actions.map(printAction).join(', ')}`;
}

function printSize(bytes: number): string {
  const [unit, size] = UNITS.find(([, one]) => bytes >= one && bytes % one === 0) ?? ['', 1];
  return `${bytes / size}${unit}`;
}
