import type { Millis } from '../../../common/time.ts';
import { parseMailDate } from '../../mime/parse-date.ts';

/** `Sat Jan  3 01:05:34 1996`, with or without a zone before or behind the year (RFC 4155 appendix A, and what is written). */
const DATE =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)),? +(?:\d{4} +)?\d{1,2}:\d{2}/;
const FIELD = /^(?:>?From |[!-9;-~]{1,998}[ \t]*:)/;

/**
 * How much a line looks as if a message began with it: `dated` as they are written, `bare` as some programs write them
 * without a date (Thunderbird), null for a line of text.
 */
export function judgeFromLine(line: string): 'dated' | 'bare' | null {
  if (!line.startsWith('From ')) return null;
  if (DATE.test(line)) return 'dated';
  return /^From (?:-|[^\s]+@[^\s]+)?\s*$/.test(line) ? 'bare' : null;
}

/** Whether a header can begin with this line. */
export function looksLikeField(line: string): boolean {
  return FIELD.test(line);
}

/** When the message was delivered, by its From line, which has UTC where it names no zone; null when it tells nothing. */
export function readFromDate(line: string): Millis | null {
  const match =
    /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +([A-Z][a-z]{2}) +(\d{1,2}) +(\d{1,2}:\d{2}(?::\d{2})?)((?: +[A-Z]{3,4}| +[+-]\d{4})?) +(\d{4})((?: +[+-]\d{4})?)/.exec(
      line,
    );
  if (match === null) return null;
  const [, month, day, time, before = '', year, after = ''] = match;
  const zone = (after.trim() || before.trim() || '+0000').replace(/^(GMT|UTC)$/, '+0000');
  return parseMailDate(`${day} ${month} ${year} ${time} ${zone}`);
}
