import {
  hasDateOrAddress,
  isDeviceLine,
  isForwardLine,
  isHeaderBlock,
  isOriginalLine,
  isSignatureLine,
  isWroteLine,
} from './quote-marks.ts';

/** What a line of a mail is: said in it, quoted from another, or put under it. */
export type LineKind = 'words' | 'quote' | 'signature';

/** A line that announces a quote is broken over at most so many. */
const MOST_BROKEN = 4;
/** Longer ones are no signature, whatever stands before them. */
const LONGEST_SIGNATURE = 20;

/** The kind of each line. Never all of a mail is something else than words: where nothing would be left, all are. */
export function classifyLines(lines: readonly string[]): LineKind[] {
  const kinds = lines.map((line): LineKind => (/^ ?>/.test(line) ? 'quote' : 'words'));
  fillGaps(lines, kinds);
  announce(lines, kinds);
  const end = findQuotedRest(lines);
  if (end !== -1) kinds.fill('quote', end);
  findSignatures(lines, kinds);
  const said = lines.some((line, at) => kinds[at] === 'words' && line.trim() !== '');
  return said ? kinds : kinds.map(() => 'words');
}

/** Blank lines between quoted ones are quoted. */
function fillGaps(lines: readonly string[], kinds: LineKind[]): void {
  let last = -1;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (kinds[at] === 'quote' && last !== -1 && kinds[last] === 'quote') kinds.fill('quote', last, at);
    last = at;
  }
}

/** The line that announces a quote goes with it. */
function announce(lines: readonly string[], kinds: LineKind[]): void {
  for (let at = 1; at < lines.length; at += 1) {
    if (kinds[at] !== 'quote' || kinds[at - 1] !== 'words') continue;
    let above = at - 1;
    while (above > 0 && at - above < 3 && lines[above]?.trim() === '') above -= 1;
    const from = findWrote(lines, above);
    if (from !== -1) kinds.fill('quote', from, at);
  }
}

/** Where the announcement begins that ends in this line; -1: none does. */
function findWrote(lines: readonly string[], end: number): number {
  let text = '';
  for (let from = end; from >= 0 && end - from < MOST_BROKEN; from -= 1) {
    const line = (lines[from] ?? '').trim();
    if (line === '' || line.length > 300) return -1;
    text = `${line} ${text}`.trim();
    if (isWroteLine(text) && beginsWell(text)) return from;
  }
  return -1;
}

/** Not the second half of it. */
function beginsWell(text: string): boolean {
  return hasDateOrAddress(text) || /^\p{Lu}/u.test(text);
}

/** The first line from which on all is quoted without any `>`; -1: there is none. */
export function findQuotedRest(lines: readonly string[]): number {
  let said = false;
  for (const [at, line] of lines.entries()) {
    if (isForwardLine(line)) return -1;
    if (/^ ?>/.test(line)) continue;
    const quotes = isOriginalLine(line) || isHeaderBlock(lines, at) || announcesRest(lines, at);
    if (quotes && said) return skipRule(lines, at);
    if (!quotes && line.trim() !== '' && !isRule(line) && !isDeviceLine(line)) said = true;
    // A header with nothing over it is a mail that is passed on.
    if (quotes && !said) return -1;
  }
  return -1;
}

function announcesRest(lines: readonly string[], at: number): boolean {
  let text = '';
  for (let next = at; next < lines.length && next < at + MOST_BROKEN; next += 1) {
    const line = (lines[next] ?? '').trim();
    if (line === '' || line.length > 300) return false;
    text = `${text} ${line}`.trim();
    if (!isWroteLine(text)) continue;
    return (
      hasDateOrAddress(text) &&
      /^(?:On|El|Am|Le|Il|Em|Op|Den)\b|^\p{Lu}[\p{L} ]{1,40}</u.test(text) &&
      !isQuotedNext(lines, next)
    );
  }
  return false;
}

function isQuotedNext(lines: readonly string[], at: number): boolean {
  for (let next = at + 1; next < Math.min(lines.length, at + 4); next += 1) {
    if (lines[next]?.trim() !== '') return /^ ?>/.test(lines[next] ?? '');
  }
  return false;
}

function isRule(line: string): boolean {
  return /^\s*[_*-]{5,}\s*$/.test(line);
}

/** The line drawn over it belongs to it. */
function skipRule(lines: readonly string[], at: number): number {
  let above = at - 1;
  while (above > 0 && at - above < 3 && lines[above]?.trim() === '') above -= 1;
  return isRule(lines[above] ?? '') ? above : at;
}

function findSignatures(lines: readonly string[], kinds: LineKind[]): void {
  for (const [at, line] of lines.entries()) {
    if (kinds[at] !== 'words') continue;
    if (isDeviceLine(line)) kinds[at] = 'signature';
    if (!isSignatureLine(line)) continue;
    let end = at + 1;
    while (end < lines.length && kinds[end] === 'words' && !isSignatureLine(lines[end] ?? '')) end += 1;
    const long = lines.slice(at, end).filter((one) => one.trim() !== '').length;
    if (long > 1 && long <= LONGEST_SIGNATURE) kinds.fill('signature', at, end);
  }
}
