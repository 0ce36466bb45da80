import type { Language } from '../../../../common/shapes/profile.ts';
import {
  USE_ACCOUNTS,
  USE_SIZES,
  USE_WAITS,
  USE_WAYS,
  type UseMeasure,
} from '../../../../common/shapes/use.ts';
import { DAY, HOUR, MINUTE } from '../../../../common/time.ts';
import { formatSize } from '../../text/format-more.ts';
import { statisticsTexts } from '../../text/statistics.ts';
import { sayIn } from '../../text/text.ts';

/** What the classes of a measure are called, in their order. */
export function nameClasses(measure: UseMeasure, language: Language): string[] {
  const t = sayIn(statisticsTexts, language);
  const hours = (): string[] => Array.from({ length: 24 }, (_, hour) => String(hour));
  const sizes = (): string[] => [
    ...USE_SIZES.map((size) => `≤ ${formatSize(size, language)}`),
    `> ${formatSize(USE_SIZES.at(-1) ?? 0, language)}`,
  ];
  const waits = (): string[] => [...USE_WAITS.map((wait) => `≤ ${nameWait(wait, language)}`), t('never')];
  const names: Record<UseMeasure, () => string[]> = {
    inHour: hours,
    inSize: sizes,
    read: () => [...waits(), t('by-rule')],
    answered: waits,
    outHour: hours,
    outSize: sizes,
    outWay: () => USE_WAYS.map((way) => t(`way-${way}`)),
    accounts: nameAccounts,
  };
  return names[measure]();
}

/** `0`, `1`, `4–5`, `> 10`. */
function nameAccounts(): string[] {
  const names = USE_ACCOUNTS.map((end, at) => {
    const from = (USE_ACCOUNTS[at - 1] ?? -1) + 1;
    return from === end ? String(end) : `${from}–${end}`;
  });
  return [...names, `> ${USE_ACCOUNTS.at(-1)}`];
}

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

function nameWait(wait: number, language: Language): string {
  const [unit, size] = UNITS.find(([, one]) => wait >= one) ?? ['minute', MINUTE];
  return (wait / size).toLocaleString(language, { style: 'unit', unit, unitDisplay: 'short' });
}
