import { findProviderOfHost } from '../../../common/providers/find-provider.ts';
import type { Account } from '../../../common/shapes/account.ts';
import type { HeatMap, HeatRow } from '../../../common/shapes/health.ts';
import { HOUR, formatTime, type Millis } from '../../../common/time.ts';

/** Hours of the map; the last one is under way. */
export const MAP_HOURS = 48;
/** More rows nobody reads: those in trouble come first, then those with many accounts. */
const MOST_ROWS = 100;

/** The hour, as a number since 1970, with which the map of `now` begins. */
export function firstHour(now: Millis): number {
  return Math.floor(now / HOUR) - MAP_HOURS + 1;
}

/** By which a host's polls are summed: its provider's id, or the host itself. */
export function nameProvider(host: string): { provider: string; name: string } {
  const found = findProviderOfHost(host);
  return found === null ? { provider: host, name: host } : { provider: found.id, name: found.name };
}

/** Provider × hour: which share of the polls failed, and how its accounts are now. Providers without accounts are left out. */
export function drawHeatMap(
  hours: readonly { hour: number; host: string; polls: number; failed: number }[],
  states: readonly { host: string; state: Account['state']; count: number }[],
  now: Millis,
): HeatMap {
  const from = firstHour(now);
  const rows = new Map<string, HeatRow>();
  for (const { host, state, count } of states) {
    const row = takeRow(rows, host);
    if (!row.hosts.includes(host)) row.hosts.push(host);
    row.accounts += count;
    if (state === 'failing') row.failing += count;
    if (state === 'late') row.late += count;
    if (state === 'needs-sign-in') row.needsSignIn += count;
  }
  for (const { hour, host, polls, failed } of hours) {
    const row = rows.get(nameProvider(host).provider);
    const at = hour - from;
    if (row === undefined || at < 0 || at >= MAP_HOURS) continue;
    const cell = row.cells[at] ?? { polls: 0, failed: 0 };
    row.cells[at] = { polls: cell.polls + polls, failed: cell.failed + failed };
  }
  const sorted = [...rows.values()].toSorted(
    (a, b) => countTroubled(b) - countTroubled(a) || b.accounts - a.accounts || (a.name < b.name ? -1 : 1),
  );
  return {
    hours: Array.from({ length: MAP_HOURS }, (_, index) => formatTime((from + index) * HOUR)),
    rows: sorted.slice(0, MOST_ROWS),
    left: Math.max(0, sorted.length - MOST_ROWS),
  };
}

function countTroubled(row: HeatRow): number {
  return row.failing + row.late;
}

function takeRow(rows: Map<string, HeatRow>, host: string): HeatRow {
  const { provider, name } = nameProvider(host);
  const row = rows.get(provider) ?? {
    provider,
    name,
    hosts: [],
    accounts: 0,
    failing: 0,
    late: 0,
    needsSignIn: 0,
    cells: Array.from({ length: MAP_HOURS }, () => null),
  };
  rows.set(provider, row);
  return row;
}
