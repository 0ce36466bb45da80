import type { Language } from '../../../../common/shapes/profile.ts';
import { formatWith } from '../../text/format.ts';

/** `2026-03` as “March 2026”; a year as it is. */
export function formatPeriod(period: string, language: Language): string {
  if (period.length === 4) return period;
  return formatWith(language, 'UTC', { month: 'long', year: 'numeric' }).format(new Date(`${period}-01`));
}
