import type { Call } from '../language/call.ts';
import type { Run } from '../run.ts';
import { COMPARATORS, type Comparator } from './comparator.ts';
import { RELATIONS, readMatchRule } from './match-tags.ts';
import { matchWildcards, splitCharacters } from './wildcard.ts';

/** What a comparison costs however short its texts are, and taking a text apart for each of its characters. */
const BEGIN = 2;
const SPLITTING = 16;

/**
 * Whether one of the values fits one of the keys, as the call's tags say. `remember`: a successful `:matches` is what
 * `${1}` stands for from then on (RFC 5229 3.2).
 */
export function matchValues(
  call: Call,
  run: Run,
  values: Iterable<string>,
  keys: readonly string[],
  remember = true,
): boolean {
  const rule = readMatchRule(call);
  const comparator = COMPARATORS[rule.comparator] ?? COMPARATORS['i;octet']!;
  const relation = RELATIONS[rule.relation.toLowerCase()];
  if (rule.type === 'count') {
    const count = String([...values].length);
    return keys.some((key) => relation?.(comparator.compare(count, key)) ?? false);
  }
  const folded = keys.map((key) => comparator.fold(key));
  for (const value of values) {
    if (rule.type === 'matches') {
      if (matchPatterns(run, value, folded, comparator, remember)) return true;
      continue;
    }
    run.spend(BEGIN + value.length / 8);
    const text = comparator.fold(value);
    const fits = (key: string): boolean => {
      run.spend(BEGIN);
      if (rule.type === 'is') return text === key;
      run.spend((rule.type === 'value' ? key.length : text.length) / 8);
      return rule.type === 'value'
        ? (relation?.(comparator.compare(text, key)) ?? false)
        : text.includes(key);
    };
    if (folded.some(fits)) return true;
  }
  return false;
}

function matchPatterns(
  run: Run,
  value: string,
  patterns: readonly string[],
  comparator: Comparator,
  remember: boolean,
): boolean {
  run.spend(value.length / 4);
  const characters = splitCharacters(comparator.fold(value));
  if (typeof characters !== 'string') run.spend(value.length * SPLITTING);
  for (const pattern of patterns) {
    const ranges = matchWildcards(characters, pattern, (steps) => run.spend(steps));
    if (ranges === null) continue;
    if (remember && run.script.requires.has('variables')) {
      const original = splitCharacters(value);
      run.matches = [value, ...ranges.map(([from, to]) => joinCharacters(original.slice(from, to)))];
    }
    return true;
  }
  return false;
}

function joinCharacters(characters: string | readonly string[]): string {
  return typeof characters === 'string' ? characters : characters.join('');
}
