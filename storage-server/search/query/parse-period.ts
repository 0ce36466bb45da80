import { MINUTE, type Millis } from '../../../common/time.ts';

/** When a year, month or day begins: `2026`, `2026-03`, `2026-03-05`, also with `/`; null when it is none. */
export function parsePeriod(text: string, timeZone: string | null): Millis | null {
  const match = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(text);
  if (match === null) return null;
  const year = Number(match[1]);
  const month = Number(match[2] ?? 1);
  const day = Number(match[3] ?? 1);
  const at = Date.UTC(year, month - 1, day);
  const back = new Date(at);
  if (year < 1900 || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return null;
  if (timeZone === null) return at;
  // Midnight there: the zone's offset a day's begin may differ from that of the same hour in UTC.
  const first = at - readOffset(timeZone, at);
  return at - readOffset(timeZone, first);
}

/** How far a zone's clocks are ahead of UTC at that moment. */
function readOffset(timeZone: string, at: Millis): Millis {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const number = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const local = Date.UTC(
    number('year'),
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
  );
  return Math.round((local - at) / MINUTE) * MINUTE;
}
