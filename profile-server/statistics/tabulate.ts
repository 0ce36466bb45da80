import {
  COUNTED_USES,
  NEVER,
  OTHER_PROVIDER,
  USE_ACCOUNTS,
  USE_CLASSES,
  type UseCounts,
  type UseMeasure,
} from '../../common/shapes/use.ts';
import { nameCell, type Cell, type Place, type UseCells } from './use-cells.ts';

/** What one user did in a month; `group` is '' for who is in none. */
export interface UserUse {
  group: string;
  accounts: number;
  providers: Record<string, UseCounts>;
}

/** Providers of fewer users than this are one. */
function listLargeProviders(users: readonly UserUse[], least: number): Set<string> {
  const counts = new Map<string, number>();
  for (const { providers } of users) {
    for (const name of Object.keys(providers)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= least).map(([name]) => name));
}

/** The numbers of a month by group and by provider, with all totals; nothing is hidden yet. */
export function tabulate(users: readonly UserUse[], least: number): UseCells {
  const large = listLargeProviders(users, least);
  const cells = new Map<string, Cell>();
  const segments = { group: new Set<string>(), provider: new Set<string>() };
  for (const user of users) {
    segments.group.add(user.group);
    const own = new Map<string, number>();
    const add = (place: Place, value: number): void => {
      const name = nameCell(place);
      own.set(name, (own.get(name) ?? 0) + value);
    };
    addClasses(add, 'group', user.group, 'accounts', markClass(user.accounts));
    for (const [name, counts] of Object.entries(user.providers)) {
      const provider = large.has(name) ? name : OTHER_PROVIDER;
      segments.provider.add(provider);
      const fitted = fitWaits(counts);
      for (const use of COUNTED_USES) {
        addClasses(add, 'group', user.group, use, fitted[use] ?? []);
        addClasses(add, 'provider', provider, use, fitted[use] ?? []);
      }
    }
    for (const [name, value] of own) {
      const cell = cells.get(name) ?? { value: 0, users: 0 };
      cells.set(name, { value: cell.value + value, users: cell.users + 1 });
    }
  }
  return {
    segments: { group: [...segments.group].toSorted(), provider: [...segments.provider].toSorted() },
    cells,
  };
}

/** Adds to the cells of a segment, and once for all kinds to those of everybody. */
function addClasses(
  add: (place: Place, value: number) => void,
  kind: Place['kind'],
  segment: string,
  measure: UseMeasure,
  classes: readonly number[],
): void {
  const total = classes.reduce((sum, value) => sum + value, 0);
  if (total === 0) return;
  for (const who of kind === 'group' ? [segment, null] : [segment]) {
    for (const [bucket, value] of classes.entries()) {
      if (value > 0) add({ kind, segment: who, measure, bucket }, value);
    }
    // The totals of several measures are one cell, which counts once.
    if (measure === 'inHour' || measure === 'outHour' || measure === 'accounts') {
      add({ kind, segment: who, measure, bucket: null }, total);
    }
  }
}

function markClass(accounts: number): number[] {
  const found = USE_ACCOUNTS.findIndex((end) => accounts <= end);
  const classes = Array.from({ length: USE_ACCOUNTS.length + 1 }, () => 0);
  classes[found === -1 ? USE_ACCOUNTS.length : found] = 1;
  return classes;
}

/** What was received was read some time or never: a home that was away when the month was closed knew of less, one whose user moved to another time zone of more. */
function fitWaits(counts: UseCounts): UseCounts {
  const received = sum(counts.inHour);
  return {
    ...counts,
    inSize: fit(counts.inSize, received, 0, USE_CLASSES.inSize),
    read: fit(counts.read, received, NEVER, USE_CLASSES.read),
    answered: fit(counts.answered, received, NEVER, USE_CLASSES.answered),
    outSize: fit(counts.outSize, sum(counts.outHour), 0, USE_CLASSES.outSize),
    outWay: fit(counts.outWay, sum(counts.outHour), 0, USE_CLASSES.outWay),
  };
}

/** Classes that add up to `total`: what is missing goes into one class, what is too much is taken from the last ones. */
function fit(classes: readonly number[] | undefined, total: number, into: number, length: number): number[] {
  const fitted = Array.from({ length }, (_, bucket) => classes?.[bucket] ?? 0);
  let rest = total - sum(fitted);
  if (rest > 0) fitted[into] = (fitted[into] ?? 0) + rest;
  for (let bucket = length - 1; rest < 0 && bucket >= 0; bucket--) {
    const taken = Math.min(-rest, fitted[bucket] ?? 0);
    fitted[bucket] = (fitted[bucket] ?? 0) - taken;
    rest += taken;
  }
  return fitted;
}

function sum(values: readonly number[] | undefined): number {
  return (values ?? []).reduce((total, value) => total + value, 0);
}
