/** A piece of what was typed. `term` is a word or quoted text, with the operator in front of it. */
export type Piece =
  | { kind: 'open' | 'close' | 'or' | 'and' | 'not' }
  | { kind: 'term'; operator: string | null; text: string; quoted: boolean };

/** A Map: `constructor` is a word like any other. */
const CONNECTIVES = new Map([
  ['OR', 'or'],
  ['O', 'or'],
  ['AND', 'and'],
  ['NOT', 'not'],
] as const);
const SPACE = /\s/;
const OPENING = '"“”„«';
const CLOSING = '"“”»';

/** Cuts a query into its pieces; whatever was typed has some reading, so that looking for something never fails at a quote. */
export function splitQuery(query: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const readQuoted = (): string => {
    const start = at + 1;
    for (at = start; at < query.length && !CLOSING.includes(query[at] ?? '');) at += 1;
    const text = query.slice(start, at);
    at += 1;
    return text;
  };
  const readWord = (): string => {
    const start = at;
    while (at < query.length && !SPACE.test(query[at] ?? '') && !'()'.includes(query[at] ?? '')) at += 1;
    return query.slice(start, at);
  };
  while (at < query.length) {
    const character = query[at] ?? '';
    if (SPACE.test(character)) at += 1;
    else if (character === '(' || character === ')') {
      pieces.push({ kind: character === '(' ? 'open' : 'close' });
      at += 1;
    } else if ((character === '-' || character === '−') && /[^\s)-]/.test(query[at + 1] ?? '')) {
      pieces.push({ kind: 'not' });
      at += 1;
    } else if (OPENING.includes(character)) {
      pieces.push({ kind: 'term', operator: null, text: readQuoted(), quoted: true });
    } else {
      const operator = /^([\p{L}\p{M}]{2,12}):(?!\/\/)/u.exec(query.slice(at, at + 16))?.[1] ?? null;
      if (operator !== null && OPENING.includes(query[at + operator.length + 1] ?? ' ')) {
        at += operator.length + 1;
        pieces.push({ kind: 'term', operator, text: readQuoted(), quoted: true });
        continue;
      }
      const word = readWord();
      const connective = CONNECTIVES.get(word as 'OR');
      if (connective !== undefined) pieces.push({ kind: connective });
      else if (operator === null) pieces.push({ kind: 'term', operator, text: word, quoted: false });
      else {
        const text = word.slice(operator.length + 1);
        pieces.push({ kind: 'term', operator, text, quoted: false });
      }
    }
  }
  return pieces;
}
