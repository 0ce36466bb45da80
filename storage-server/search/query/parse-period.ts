import type { Millis } from '../../../common/time.ts';
import { findMoment } from '../../../common/wall-time.ts';

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
  return findMoment({ year, month, day, hour: 0, minute: 0 }, timeZone);
}
