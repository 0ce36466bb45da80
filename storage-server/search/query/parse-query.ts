import { MailError } from '../../../common/errors.ts';
import type { Flag } from '../../../common/shapes/mail.ts';
import { seekWords } from '../text/words.ts';
import { parsePeriod } from './parse-period.ts';
import { TEXT_FIELDS, type Query, type TextField } from './query.ts';
import { splitQuery, type Piece } from './split-query.ts';

const DEEPEST = 20;
const MOST_PIECES = 200;
const FLAGS: Record<string, { flag: Flag; set: boolean }> = {
  unread: { flag: 'seen', set: false },
  read: { flag: 'seen', set: true },
  flagged: { flag: 'flagged', set: true },
  starred: { flag: 'flagged', set: true },
  unflagged: { flag: 'flagged', set: false },
  answered: { flag: 'answered', set: true },
  forwarded: { flag: 'forwarded', set: true },
  draft: { flag: 'draft', set: true },
};
const UNITS: Record<string, number> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/**
 * What was typed, as a condition: words and "phrases", `from: to: cc: subject: in: account: before: after: larger:
 * has:attachment is:unread`, side by side for "and", `OR`, `-` or `NOT`, brackets. Days begin in `timeZone`, null for
 * UTC. MailError `invalid` where an operator's value means nothing, or nothing is left to look for.
 */
export function parseQuery(text: string, timeZone: string | null): Query {
  const pieces = splitQuery(text);
  if (pieces.length > MOST_PIECES) throw refuse('search-too-long', {});
  const parser = new Parser(pieces, timeZone);
  const query = parser.readAll();
  if (query === null) throw refuse('search-empty', {});
  return query;
}

function refuse(reason: string, params: Record<string, string>): MailError {
  return new MailError('invalid', `no such search: ${reason}`, { reason, params, field: 'query' });
}

class Parser {
  readonly #pieces: Piece[];
  readonly #timeZone: string | null;
  #at = 0;

  constructor(pieces: Piece[], timeZone: string | null) {
    this.#pieces = pieces;
    this.#timeZone = timeZone;
  }

  /** Null when there is nothing to look for; a bracket too many is passed over. */
  readAll(): Query | null {
    const found: Query[] = [];
    while (this.#at < this.#pieces.length) {
      const one = this.#readOr(0);
      if (one !== null) found.push(one);
      this.#at += 1;
    }
    return join('and', found);
  }

  #readOr(depth: number): Query | null {
    if (depth > DEEPEST) throw refuse('search-too-long', {});
    const found: Query[] = [];
    do {
      const one = this.#readAnd(depth);
      if (one !== null) found.push(one);
    } while (this.#take('or'));
    return join('or', found);
  }

  #readAnd(depth: number): Query | null {
    const found: Query[] = [];
    for (;;) {
      const piece = this.#pieces[this.#at];
      if (piece === undefined || piece.kind === 'or' || piece.kind === 'close') return join('and', found);
      const one = this.#readOne(depth);
      if (one !== null) found.push(one);
    }
  }

  #readOne(depth: number): Query | null {
    let denied = false;
    while (this.#take('not')) denied = !denied;
    const piece = this.#pieces[this.#at];
    if (piece === undefined || piece.kind === 'or' || piece.kind === 'close') return null;
    this.#at += 1;
    let found: Query | null = null;
    if (piece.kind === 'open') {
      found = this.#readOr(depth + 1);
      this.#take('close');
    } else if (piece.kind === 'term') found = readTerm(piece, this.#timeZone);
    return found === null || !denied ? found : { kind: 'not', of: found };
  }

  #take(kind: Piece['kind']): boolean {
    const met = this.#pieces[this.#at]?.kind === kind;
    if (met) this.#at += 1;
    return met;
  }
}

function join(kind: 'and' | 'or', of: Query[]): Query | null {
  const [first] = of;
  if (first === undefined) return null;
  return of.length === 1 ? first : { kind, of };
}

type Term = Extract<Piece, { kind: 'term' }>;

function readTerm(term: Term, timeZone: string | null): Query | null {
  const { operator, text } = term;
  const value = text.trim();
  const refuseValue = (): MailError => refuse('search-value', { operator: `${operator}:`, value });
  if (operator === null) return readText(null, term);
  const field = TEXT_FIELDS.find((one) => one === operator);
  if (field !== undefined) return readText(field, term);
  if (operator === 'in' || operator === 'account') {
    if (value === '') return null;
    return { kind: operator === 'in' ? 'mailbox' : 'account', name: value };
  }
  if (operator === 'before' || operator === 'after') {
    const at = parsePeriod(value, timeZone);
    if (at === null) throw refuseValue();
    return { kind: operator, at };
  }
  if (operator === 'larger') {
    const size = /^(\d{1,9}(?:[.,]\d{1,3})?)\s?([kmg]?)(?:i?b)?$/i.exec(value);
    if (size === null) throw refuseValue();
    const unit = UNITS[(size[2] ?? '').toLowerCase()] ?? 1;
    return { kind: 'larger', bytes: Math.round(Number((size[1] ?? '').replace(',', '.')) * unit) };
  }
  if (operator === 'has') {
    if (!/^attachments?$/i.test(value)) throw refuseValue();
    return { kind: 'attachment' };
  }
  if (operator === 'is') {
    const flag = Object.hasOwn(FLAGS, value.toLowerCase()) ? FLAGS[value.toLowerCase()] : undefined;
    if (flag === undefined) throw refuseValue();
    return { kind: 'flag', ...flag };
  }
  // `10:30` and `re:` are no operators.
  return readText(null, { ...term, text: `${operator} ${text}`, operator: null });
}

/** Null for text without any letter or digit. One word alone may have other forms; several stand as they are. */
function readText(field: TextField | null, { text, quoted }: Term): Query | null {
  const { words, prefix } = seekWords(text);
  if (words.length === 0) return null;
  const begins = !quoted && text.endsWith('*');
  return {
    kind: 'text',
    field,
    words,
    prefix: prefix || begins,
    exact: quoted || words.length > 1 || begins,
  };
}
