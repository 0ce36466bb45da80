import { type Place, SieveFailure } from '../problem.ts';

const FIRST_LINE = /[ \t]*(?:#[^\n]*)?\r?\n/y;

/**
 * A string behind `text:` (RFC 5228 2.4.2): lines up to one that is a dot alone, dots at line beginnings unstuffed, lines
 * ended by CRLF whatever ends them in the script. `from` is the place behind the colon.
 */
export function readMultiLine(source: string, from: number, place: Place): { value: string; end: number } {
  FIRST_LINE.lastIndex = from;
  const first = FIRST_LINE.exec(source);
  if (first === null) throw new SieveFailure('unclosed-string', place);
  const lines: string[] = [];
  for (let at = FIRST_LINE.lastIndex; at < source.length;) {
    const feed = source.indexOf('\n', at);
    const end = feed < 0 ? source.length : feed;
    const line = source.slice(at, source[end - 1] === '\r' && end > at ? end - 1 : end);
    at = end + 1;
    if (line === '.') return { value: lines.join(''), end: Math.min(end + 1, source.length) };
    lines.push(`${line.startsWith('..') ? line.slice(1) : line}\r\n`);
  }
  throw new SieveFailure('unclosed-string', place);
}
