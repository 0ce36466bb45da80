import { ruleCondition, type RuleCondition } from '../../common/shapes/rule.ts';
import { makeUsageError } from '../failure.ts';

const ALLOWED =
  '[not] from|to|cc|recipient|subject|body|header:NAME contains|is|matches VALUE, header:NAME exists, size over|under N[K|M|G], attachment, account ID';
const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** `--if "not subject contains x"` as a condition of the form; usage when it is none. */
export function parseCondition(typed: string): RuleCondition {
  const not = /^not\s+/i.test(typed);
  const [, field = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(typed.replace(/^not\s+/i, '').trim()) ?? [];
  const [, match = '', value = ''] = /^(\S+)\s*([^]*)$/.exec(rest) ?? [];
  const read = ruleCondition.safeParse(describe(field, match, value, rest, not));
  if (!read.success || (read.data.test === 'size' && not)) {
    throw makeUsageError('bad-value', { option: '--if', value: typed, allowed: ALLOWED });
  }
  return read.data;
}

function describe(field: string, match: string, value: string, rest: string, not: boolean): unknown {
  const test = field.toLowerCase();
  if (test === 'attachment') return rest === '' ? { test, not } : null;
  if (test === 'account') return { test, not, account: rest.trim() };
  if (test === 'size') return describeSize(match, value);
  if (!test.startsWith('header:')) return { test, match, not, value };
  return { test: 'header', header: field.slice('header:'.length), match, not, value };
}

function describeSize(match: string, value: string): unknown {
  const [, digits = '', unit = ''] = /^(\d{1,13})\s*([KMG]?)$/i.exec(value.trim()) ?? [];
  if (digits === '' || (match !== 'over' && match !== 'under')) return null;
  return { test: 'size', over: match === 'over', bytes: Number(digits) * (UNITS[unit.toUpperCase()] ?? 1) };
}
