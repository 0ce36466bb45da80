import type { RuleCondition } from '../../shapes/rule.ts';
import { ACCOUNT_ITEM, ATTACHMENT_ITEM } from '../tests/environment.ts';
import { quote } from './write-script.ts';

/** Header fields of what the form calls by one word. */
export const FIELDS = {
  from: ['from'],
  to: ['to'],
  cc: ['cc'],
  recipient: ['to', 'cc', 'bcc'],
} as const;

/** The test that a condition of the form is. */
export function writeCondition(condition: RuleCondition): string {
  const not = condition.test !== 'size' && condition.not ? 'not ' : '';
  return `${not}${writeTest(condition)}`;
}

function writeTest(condition: RuleCondition): string {
  switch (condition.test) {
    case 'size':
      return `size ${condition.over ? ':over' : ':under'} ${condition.bytes}`;
    case 'attachment':
      return `environment :is ${quote(ATTACHMENT_ITEM)} "yes"`;
    case 'account':
      return `environment :is ${quote(ACCOUNT_ITEM)} ${quote(condition.account)}`;
    case 'body':
      return `body :text :${condition.match} ${quote(condition.value)}`;
    case 'subject':
      return `header :${condition.match} "subject" ${quote(condition.value)}`;
    case 'header':
      if (condition.match === 'exists') return `exists ${quote(condition.header)}`;
      return `header :${condition.match} ${quote(condition.header)} ${quote(condition.value)}`;
    default:
      return writeAddressTest(condition.test, condition.match, condition.value);
  }
}

/** What an address contains is looked for in the name beside it too; what it is or matches is only the address. */
function writeAddressTest(word: keyof typeof FIELDS, match: string, value: string): string {
  const names = FIELDS[word].map(quote);
  const fields = names.length === 1 ? names[0] : `[${names.join(', ')}]`;
  const test = match === 'contains' ? 'header' : 'address';
  return `${test} :${match} ${fields} ${quote(value)}`;
}

/** Which extension a condition needs; null for none. */
export function findConditionExtension({ test }: RuleCondition): string | null {
  if (test === 'body') return 'body';
  return test === 'attachment' || test === 'account' ? 'environment' : null;
}
