import { USE_KINDS } from '../../common/shapes/use.ts';
import type { Hidden } from './hide-cells.ts';
import type { UseCells } from './use-cells.ts';

export interface MonthUse extends UseCells, Hidden {}

/**
 * A year's sums. The months are shown already: a cell of the year is hidden where it would give away one of a month, unless
 * the same pattern is hidden in two months, and where fewer than `least` users may stand behind it: who was counted in
 * which months is not known any more, so there must be a month that shows it.
 */
export function sumYear(months: readonly MonthUse[]): UseCells & Pick<Hidden, 'names'> {
  const cells: UseCells['cells'] = new Map();
  const segments = { group: new Set<string>(), provider: new Set<string>() };
  for (const month of months) {
    for (const kind of USE_KINDS) for (const one of month.segments[kind]) segments[kind].add(one);
    for (const [name, { value, users }] of month.cells) {
      const sum = cells.get(name) ?? { value: 0, users: 0 };
      cells.set(name, { value: sum.value + value, users: Math.max(sum.users, users) });
    }
  }
  const names = new Set<string>();
  const hide = (pattern: readonly string[]): void => pattern.forEach((name) => names.add(name));
  for (const month of months) {
    for (const pattern of month.patterns) {
      const hasPartner = months.some(
        (other) => other !== month && pattern.every((name) => other.names.has(name)),
      );
      const isEverywhere = pattern.some((name) => months.every((other) => !isShown(other, name)));
      if (!hasPartner || isEverywhere) hide(pattern);
    }
  }
  return {
    segments: { group: [...segments.group].toSorted(), provider: [...segments.provider].toSorted() },
    cells,
    names,
  };
}

function isShown(month: MonthUse, name: string): boolean {
  return month.cells.has(name) && !month.names.has(name);
}
