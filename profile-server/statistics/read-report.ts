import {
  USE_KINDS,
  type UseKind,
  type UsePeriods,
  type UseReport,
  type UseRow,
  type UseTable,
} from '../../common/shapes/use.ts';
import { PROVIDERS } from '../../common/providers/providers.ts';
import { formatTime } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { listGroups } from '../group/group-store.ts';
import type { Reach } from '../group/reach.ts';
import { findClosing, findOpenMonth, refusePeriod } from './close-months.ts';
import type { Hidden } from './hide-cells.ts';
import { unpackMonth } from './pack-month.ts';
import { isYearOver, readYear } from './read-year.ts';
import type { MonthUse } from './sum-year.ts';
import { countClasses, listMeasures, nameCell, type UseCells } from './use-cells.ts';
import { listReported, readReports } from './use-store.ts';

type Server = Pick<ProfileContext, 'db' | 'clock'>;

/** Reported months and years that are over, the newest first. */
export async function listPeriods(server: Server): Promise<UsePeriods> {
  const months = await listReported(server.db.read);
  const now = server.clock.now();
  const open = findOpenMonth(now);
  const years: string[] = [];
  for (const year of new Set(months.map((month) => month.slice(0, 4)))) {
    if (await isYearOver(server.db, year, open)) years.push(year);
  }
  const periods = [...months, ...years].toSorted((a, b) => b.localeCompare(a));
  return { periods, next: formatTime(findClosing(now)) };
}

/** The tables of a month, or of a year whose every month is closed. Group admins see the rows of their groups. MailError `not-found`. */
export async function readReport(server: Server, period: string, reach: Reach): Promise<UseReport> {
  const use = period.length === 4 ? await readClosedYear(server, period) : await readMonth(server, period);
  if (use === null) throw refusePeriod(period);
  const groups = new Map((await listGroups(server.db.read)).map(({ id, name }) => [id, name]));
  // Months of people do not add up to people: who was counted in which month is not known any more.
  const tables = drawTables(use, groups, reach);
  return { period, tables: tables.filter(({ measure }) => period.length > 4 || measure !== 'accounts') };
}

async function readMonth({ db }: Server, month: string): Promise<MonthUse | null> {
  const [found] = await readReports(db.read, month);
  return found === undefined ? null : unpackMonth(found.report);
}

async function readClosedYear({ db, clock }: Server, year: string): Promise<MonthUse | null> {
  return (await isYearOver(db, year, findOpenMonth(clock.now()))) ? await readYear(db, year) : null;
}

/** What is hidden is null; of a group that is gone only its id is known. */
function drawTables(
  use: UseCells & Pick<Hidden, 'names'>,
  groups: ReadonlyMap<string, string>,
  reach: Reach,
): UseTable[] {
  return USE_KINDS.filter((kind) => reach.all || kind === 'group').flatMap((kind) => {
    const segments = reach.all
      ? [null, ...use.segments[kind]]
      : use.segments[kind].filter((one) => reach.groups.includes(one));
    return listMeasures(kind).map((measure): UseTable => {
      const read = (segment: string | null, bucket: number | null): number | null => {
        const name = nameCell({ kind, segment, measure, bucket });
        return use.names.has(name) ? null : (use.cells.get(name)?.value ?? 0);
      };
      const rows = segments.map((segment): UseRow => ({
        segment,
        name: segment === null ? null : nameSegment(kind, segment, groups),
        classes: Array.from({ length: countClasses(measure) }, (_, bucket) => read(segment, bucket)),
        total: read(segment, null),
      }));
      return { kind, measure, rows };
    });
  });
}

function nameSegment(kind: UseKind, segment: string, groups: ReadonlyMap<string, string>): string | null {
  if (kind === 'group') return groups.get(segment) ?? null;
  return PROVIDERS.find(({ id }) => id === segment)?.name ?? null;
}
