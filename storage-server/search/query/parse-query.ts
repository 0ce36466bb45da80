import { parseTerm, refuse } from './parse-term.ts';
import type { Query } from './query.ts';
import { splitQuery, type Piece } from './split-query.ts';

const DEEPEST = 20;
const MOST_PIECES = 200;

/**
 * What was typed, as a condition: words and "phrases", operators (see operators.ts), side by side for "and", `OR`, `-`
 * or `NOT`, brackets. Days begin in `timeZone`, null for UTC. MailError `invalid` where an operator's value means nothing, or nothing is left to look for.
 */
export function parseQuery(text: string, timeZone: string | null): Query {
  const pieces = splitQuery(text);
  if (pieces.length > MOST_PIECES) throw refuse('search-too-long', {});
  const parser = new Parser(pieces, timeZone);
  const query = parser.readAll();
  if (query === null) throw refuse('search-empty', {});
  return query;
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
    } else if (piece.kind === 'term') found = parseTerm(piece, this.#timeZone);
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
