import { MailError } from '../../../common/errors.ts';
import { foldText } from '../text/fold.ts';
import { seekWords } from '../text/words.ts';
import { ATTACHMENT_NAMES, findOperator, STATES, type Operator } from './operators.ts';
import { parsePeriod } from './parse-period.ts';
import { TEXT_FIELDS, type Query, type TextField } from './query.ts';
import type { Piece } from './split-query.ts';

export type Term = Extract<Piece, { kind: 'term' }>;

const UNITS: Record<string, number> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
/** A shorter begin of a word is that of too many. */
const SHORTEST_BEGIN = 2;

export function refuse(reason: string, params: Record<string, string>): MailError {
  return new MailError('invalid', `no such search: ${reason}`, { reason, params, field: 'query' });
}

/** A word, quoted text or operator with its value; null where it says nothing. MailError `invalid` for values that mean nothing. */
export function parseTerm(term: Term, timeZone: string | null): Query | null {
  if (term.operator === null) return parseText(null, term);
  const operator = findOperator(foldText(term.operator));
  // `10:30` and `re:` are no operators.
  if (operator === undefined)
    return parseText(null, { ...term, text: `${term.operator} ${term.text}`, operator: null });
  const field = TEXT_FIELDS.find((one) => one === operator);
  if (field !== undefined) return parseText(field, term);
  const value = term.text.trim();
  if (value === '') return null;
  const found = parseValue(operator, value, timeZone);
  if (found === null) throw refuse('search-value', { operator: `${term.operator}:`, value });
  return found;
}

/** Null for a value that the operator does not know. */
function parseValue(operator: Operator, value: string, timeZone: string | null): Query | null {
  const word = foldText(value).replace(/[\s_-]/g, '');
  switch (operator) {
    case 'in':
      return { kind: 'mailbox', name: value };
    case 'account':
      return { kind: 'account', name: value };
    case 'label':
      return { kind: 'label', name: value };
    case 'before':
    case 'after': {
      const at = parsePeriod(value, timeZone);
      return at === null ? null : { kind: operator, at };
    }
    case 'larger':
    case 'smaller': {
      const bytes = parseSize(value);
      return bytes === null ? null : { kind: operator, bytes };
    }
    case 'has':
      return ATTACHMENT_NAMES.includes(word) ? { kind: 'attachment' } : null;
    default: {
      const state = STATES.find(({ names }) => names.includes(word));
      return state === undefined ? null : { kind: 'flag', flag: state.flag, set: state.set };
    }
  }
}

function parseSize(value: string): number | null {
  const size = /^(\d{1,9}(?:[.,]\d{1,3})?)\s?([kmg]?)(?:i?b)?$/i.exec(value);
  if (size === null) return null;
  const unit = UNITS[(size[2] ?? '').toLowerCase()] ?? 1;
  return Math.round(Number((size[1] ?? '').replace(',', '.')) * unit);
}

/** Null for text without any letter or digit. One word alone may have other forms; several stand as they are. */
function parseText(field: TextField | null, { text, quoted }: Term): Query | null {
  const { words, prefix } = seekWords(text);
  const last = words.at(-1);
  if (last === undefined) return null;
  const begins = !quoted && text.endsWith('*');
  if (begins && !prefix && last.length < SHORTEST_BEGIN) throw refuse('search-begin', { value: text });
  return {
    kind: 'text',
    field,
    words,
    prefix: prefix || begins,
    exact: quoted || words.length > 1 || begins,
  };
}
