/** A piece of a plain-text mail: words, a link in them, or a quoted block that can be folded. */
export type Piece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };
export type Block = { kind: 'words'; pieces: Piece[] } | { kind: 'quote'; pieces: Piece[]; lines: number };

/** "On … wrote:" and its Spanish form, alone on a line (also broken over two). */
export const WROTE_LINE =
  /^(?:On .{5,200} wrote:|El .{5,200} escribi[oó]:|Am .{5,200} schrieb .{0,100}:|Le .{5,200} a écrit ?:)$/iu;

/** Splits a text into words and quotes. All of it being a quote, nothing is folded: the mail would be empty. */
export function splitQuotes(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const quotedNext = findQuotesBelow(lines);
  const groups: { quote: boolean; lines: string[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const quote = line.startsWith('>') || (WROTE_LINE.test(line.trim()) && quotedNext[index] === true);
    const last = groups.at(-1);
    if (last?.quote === quote || (last?.quote === true && line.trim() === '' && quotedNext[index] === true)) {
      last.lines.push(line);
    } else groups.push({ quote, lines: [line] });
  }
  const onlyQuotes = groups.every((group) => group.quote || group.lines.join('').trim() === '');
  return groups.map((group) => {
    const pieces = linkText(group.lines.join('\n'));
    return group.quote && !onlyQuotes
      ? { kind: 'quote', pieces, lines: group.lines.length }
      : { kind: 'words', pieces };
  });
}

/** For each line, whether the next one below it that is not blank is quoted. */
function findQuotesBelow(lines: readonly string[]): boolean[] {
  const found: boolean[] = [];
  let quoted = false;
  for (let index = lines.length - 1; index >= 0; index--) {
    found[index] = quoted;
    const line = lines[index] ?? '';
    if (line.trim() !== '') quoted = line.startsWith('>');
  }
  return found;
}

/** What stands before the @ is bounded (RFC 5321 4.5.3.1.1), else a long line without one is searched again and again. */
const LINK = /\bhttps?:\/\/[^\s<>"'`]+|\bmailto:[^\s<>"']+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/giu;

/** Finds addresses in plain text; punctuation after them stays text. */
export function linkText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const found = trimEnd(match[0]);
    if (found === '') continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    const href = /^(?:https?|mailto):/i.test(found) ? found : `mailto:${found}`;
    pieces.push({ kind: 'link', text: found, href });
    from = match.index + found.length;
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
