import { classifyLines } from '../quotes/classify-lines.ts';

/** A piece of a plain-text mail: words, a link in them, or a block that can be folded. */
export type Piece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };
export interface Block {
  kind: 'words' | 'quote' | 'signature';
  pieces: Piece[];
  lines: number;
}

/** A text of more blocks or links is no letter: as elements of their own they would hold the browser up. */
const MOST_BLOCKS = 2000;
const MOST_LINKS = 5000;

/** Splits a text into words, quotes and signatures; one of too many stays one. */
export function splitQuotes(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const groups: { kind: Block['kind']; lines: string[] }[] = [];
  for (const [at, kind] of classifyLines(lines).entries()) {
    const last = groups.at(-1);
    if (last?.kind === kind) last.lines.push(lines[at] ?? '');
    else groups.push({ kind, lines: [lines[at] ?? ''] });
  }
  const shown = groups.length > MOST_BLOCKS ? [{ kind: 'words' as const, lines }] : groups;
  let links = MOST_LINKS;
  return shown.map(({ kind, lines: own }) => {
    const pieces = linkText(own.join('\n'), links);
    links -= pieces.filter((piece) => piece.kind === 'link').length;
    return { kind, pieces, lines: own.length };
  });
}

/** What stands before the @ is bounded (RFC 5321 4.5.3.1.1), else a long line without one is searched again and again. */
const LINK = /\bhttps?:\/\/[^\s<>"'`]+|\bmailto:[^\s<>"']+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/giu;

/** Finds addresses in plain text, `most` of them; punctuation after them stays text. */
export function linkText(text: string, most: number = MOST_LINKS): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let links = 0;
  for (const match of text.matchAll(LINK)) {
    if (links >= most) break;
    const found = trimEnd(match[0]);
    if (found === '') continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    const href = /^(?:https?|mailto):/i.test(found) ? found : `mailto:${found}`;
    pieces.push({ kind: 'link', text: found, href });
    from = match.index + found.length;
    links += 1;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

function trimEnd(link: string): string {
  let end = endOfWords(link, link.length);
  // A closing bracket belongs to the link only when it opens in it, as in Wikipedia's addresses.
  let closing = count(link.slice(0, end), /[)\]]/g) - count(link.slice(0, end), /[([]/g);
  while (closing > 0 && /[)\]]/.test(link.charAt(end - 1))) {
    end = endOfWords(link, end - 1);
    closing -= 1;
  }
  return link.slice(0, end);
}

/** Where the link ends without the punctuation behind it. */
function endOfWords(link: string, from: number): number {
  let end = from;
  while (end > 0 && /[.,;:!?'"»”’]/.test(link.charAt(end - 1))) end -= 1;
  return end;
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
