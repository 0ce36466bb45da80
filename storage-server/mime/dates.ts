import { DAY, HOUR, MINUTE, type Millis } from '../../common/time.ts';
import type { HeaderFields } from './headers.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322 4.3. */
const ZONES: Record<string, number> = {
  EDT: -4,
  EST: -5,
  CDT: -5,
  CST: -6,
  MDT: -6,
  MST: -7,
  PDT: -7,
  PST: -8,
};
const DATE =
  /(\d{1,2})[ \t-]+([a-z]{3})[a-z]*\.?[ \t,-]+(\d{2,4})[ \t]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?[ \t]*(?:([+-])(\d{2}):?(\d{2})|([a-z]{1,5}))?/i;
/** Earlier than any mail that a maildrop can hold. */
const EARLIEST = Date.UTC(1980, 0, 1);

/** RFC 5322 3.3 with its obsolete forms, and ISO 8601, which some programs write; null when it is none. */
function parseMailDate(text: string): Millis | null {
  const match = DATE.exec(text.slice(0, 200));
  if (match === null) return parseIso(text);
  const month = MONTHS.indexOf((match[2] ?? '').toLowerCase());
  const [day, hour, minute, second] = [match[1], match[4], match[5], match[6] ?? '0'].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (month === -1 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  const at = Date.UTC(fullYear(match[3] ?? ''), month, day, hour, minute, second);
  return at - readZone(match);
}

function parseIso(text: string): Millis | null {
  const match = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?/.exec(
    text.slice(0, 200),
  );
  const at = match === null ? Number.NaN : Date.parse(`${match[0]}${match[3] === undefined ? 'Z' : ''}`);
  return Number.isNaN(at) ? null : at;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return text.length === 3 ? 1900 + year : year;
}

function readZone(match: RegExpExecArray): Millis {
  if (match[7] !== undefined) {
    const offset = Number(match[8]) * HOUR + Number(match[9]) * MINUTE;
    return match[7] === '-' ? -offset : offset;
  }
  return (ZONES[(match[10] ?? '').toUpperCase()] ?? 0) * HOUR;
}

function isSane(at: Millis | null, received: Millis): at is Millis {
  return at !== null && at >= EARLIEST && at <= received + DAY;
}

/**
 * When the mail was written: its own Date; where that is missing or absurd, the newest believable Received; else when
 * it arrived here. So mail collected late keeps its place.
 */
export function decideDate(headers: HeaderFields, received: Millis): Millis {
  const own = parseMailDate(headers.get('date') ?? '');
  if (isSane(own, received)) return own;
  for (const hop of headers.all('received').slice(0, 50)) {
    const at = parseMailDate(hop.slice(hop.lastIndexOf(';') + 1).trim());
    if (isSane(at, received)) return at;
  }
  return received;
}
