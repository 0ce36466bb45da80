import type { UseCells, Cell } from './use-cells.ts';
import type { MonthUse } from './sum-year.ts';

/** As a report is kept: names of cells once, hidden ones and patterns by their place in that list. */
interface PackedMonth {
  segments: UseCells['segments'];
  names: string[];
  values: [value: number, users: number][];
  hidden: number[];
  patterns: number[][];
}

export function packMonth({ segments, cells, names: hidden, patterns }: MonthUse): string {
  const names = [...new Set([...cells.keys(), ...hidden, ...patterns.flat()])];
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = (name: string): number => places.get(name) ?? -1;
  const packed: PackedMonth = {
    segments,
    names,
    values: names.map((name) => {
      const { value, users } = cells.get(name) ?? { value: 0, users: 0 };
      return [value, users];
    }),
    hidden: [...hidden].map(placeOf),
    patterns: patterns.map((pattern) => pattern.map(placeOf)),
  };
  return JSON.stringify(packed);
}

export function unpackMonth(report: string): MonthUse {
  const { segments, names, values, hidden, patterns } = JSON.parse(report) as PackedMonth;
  const nameOf = (place: number): string => names[place] ?? '';
  const cells = new Map<string, Cell>();
  for (const [place, [value, users]] of values.entries()) cells.set(nameOf(place), { value, users });
  return {
    segments,
    cells,
    names: new Set(hidden.map(nameOf)),
    patterns: patterns.map((pattern) => pattern.map(nameOf)),
  };
}
