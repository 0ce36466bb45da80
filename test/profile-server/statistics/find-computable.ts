import { USE_KINDS } from '../../../common/shapes/use.ts';
import {
  countClasses,
  listMeasures,
  nameCell,
  type UseCells,
} from '../../../profile-server/statistics/use-cells.ts';

/** One sum that everybody knows to hold: what is named adds up to 0, with these factors. */
export type Sum = Map<string, number>;

/** The sums of all tables of a period; `tag` tells periods apart. */
export function listSums(segments: UseCells['segments'], tag: string): Sum[] {
  const sums: Sum[] = [];
  for (const kind of USE_KINDS) {
    for (const measure of listMeasures(kind)) {
      const buckets = Array.from({ length: countClasses(measure) }, (_, bucket) => bucket);
      const name = (segment: string | null, bucket: number | null): string =>
        tag + nameCell({ kind, segment, measure, bucket });
      for (const segment of [null, ...segments[kind]]) {
        sums.push(
          new Map([
            [name(segment, null), -1],
            ...buckets.map((bucket): [string, number] => [name(segment, bucket), 1]),
          ]),
        );
      }
      for (const bucket of [null, ...buckets]) {
        sums.push(
          new Map([
            [name(null, bucket), -1],
            ...segments[kind].map((segment): [string, number] => [name(segment, bucket), 1]),
          ]),
        );
      }
    }
  }
  return sums;
}

const PRIME = 2_147_483_647n;

/**
 * Which of the unknown cells follow from the sums and all other cells: those whose column alone is in the row space of the
 * equations, by elimination in a large prime field.
 */
export function findComputable(sums: readonly Sum[], unknown: ReadonlySet<string>): string[] {
  const rows = sums
    .map(
      (sum) =>
        new Map(
          [...sum].filter(([name]) => unknown.has(name)).map(([name, factor]) => [name, mod(BigInt(factor))]),
        ),
    )
    .filter((row) => row.size > 0);
  const done: { pivot: string; row: Map<string, bigint> }[] = [];
  for (const row of rows) {
    for (const { pivot, row: other } of done) eliminate(row, other, pivot);
    const pivot = row.keys().next().value;
    if (pivot === undefined) continue;
    const factor = invert(row.get(pivot) ?? 1n);
    for (const [name, value] of row) row.set(name, mod(value * factor));
    for (const { row: other } of done) eliminate(other, row, pivot);
    done.push({ pivot, row });
  }
  return done.filter(({ row }) => row.size === 1).map(({ pivot }) => pivot);
}

function eliminate(row: Map<string, bigint>, by: ReadonlyMap<string, bigint>, pivot: string): void {
  const factor = row.get(pivot);
  if (factor === undefined) return;
  for (const [name, value] of by) {
    const rest = mod((row.get(name) ?? 0n) - factor * value);
    if (rest === 0n) row.delete(name);
    else row.set(name, rest);
  }
}

function mod(value: bigint): bigint {
  return ((value % PRIME) + PRIME) % PRIME;
}

function invert(value: bigint): bigint {
  let result = 1n;
  let base = value;
  for (let exponent = PRIME - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
}
