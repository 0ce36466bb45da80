import { type Call, readLiteral } from '../language/call.ts';
import type { CheckContext, TagRule } from '../language/definition.ts';
import { COMPARATORS } from './comparator.ts';

/** How a test compares (RFC 5228 2.7, RFC 5231). */
export const MATCH_TAGS: readonly TagRule[] = [
  { name: 'is', group: 'match' },
  { name: 'contains', group: 'match' },
  { name: 'matches', group: 'match' },
  { name: 'count', group: 'match', takes: 'text', extension: 'relational' },
  { name: 'value', group: 'match', takes: 'text', extension: 'relational' },
  { name: 'comparator', takes: 'text' },
];

export const RELATIONS: Readonly<Record<string, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
};

export interface MatchRule {
  type: 'is' | 'contains' | 'matches' | 'count' | 'value';
  /** Of `:count` and `:value`. */
  relation: string;
  comparator: string;
}

export function readMatchRule({ tags }: Call): MatchRule {
  const type = (['contains', 'matches', 'count', 'value'] as const).find((name) => tags.has(name)) ?? 'is';
  return {
    type,
    relation: readTag(tags, type) ?? '',
    comparator: readTag(tags, 'comparator') ?? 'i;ascii-casemap',
  };
}

/** Both may not hang on variables: they are part of how the script is understood. */
export function checkMatch(call: Call, context: CheckContext): void {
  const { type, relation, comparator } = readMatchRule(call);
  if ((type === 'count' || type === 'value') && !Object.hasOwn(RELATIONS, relation.toLowerCase())) {
    context.refuse('bad-value', call, { value: relation, allowed: Object.keys(RELATIONS).join(' ') });
  }
  const known = Object.hasOwn(COMPARATORS, comparator) ? COMPARATORS[comparator] : undefined;
  if (known === undefined) {
    context.refuse('bad-comparator', call, { comparator });
  } else if (comparator === 'i;ascii-numeric' && !context.requires.has(`comparator-${comparator}`)) {
    context.refuse('not-required', call, { name: comparator, extension: `comparator-${comparator}` });
  } else if (!known.substrings && (type === 'contains' || type === 'matches')) {
    context.refuse('tags-exclude', call, { tag: `:${type}`, other: comparator });
  }
}

function readTag(tags: Call['tags'], name: string): string | null {
  const value = tags.get(name);
  return value?.kind === 'texts' ? readLiteral(value.texts[0]) : null;
}
