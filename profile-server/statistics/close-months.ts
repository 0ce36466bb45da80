import { MailError } from '../../common/errors.ts';
import type { UserMonth } from '../../common/shapes/use.ts';
import { DAY, type Millis } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { makeReport } from './make-report.ts';
import type { UserUse } from './tabulate.ts';
import * as store from './use-store.ts';

/** A cell behind which fewer users stand is not shown. */
export const LEAST_USERS = 10;
/** A week in which the last mails of a month may be read and answered, time zones, and a day for homes to report. */
const OPEN_AFTER: Millis = 9 * DAY;
const BATCH = 500;

type Server = Pick<ProfileContext, 'db' | 'clock' | 'log'>;

/** The first month (`YYYY-MM`) that is still open. */
export function findOpenMonth(now: Millis): string {
  return new Date(now - OPEN_AFTER).toISOString().slice(0, 7);
}

/** When the open month is closed. */
export function findClosing(now: Millis): Millis {
  const [year = 0, month = 0] = findOpenMonth(now).split('-').map(Number);
  return Date.UTC(year, month, 1) + OPEN_AFTER;
}

/** Counts of the users' months. Of a month that is closed nothing is taken any more: its report is made, and would tell by its change. */
export async function takeReport(
  server: Server,
  months: readonly UserMonth[],
  holdings: readonly store.Holding[],
): Promise<void> {
  const now = server.clock.now();
  const open = findOpenMonth(now);
  await server.db.write(async (tx) => {
    await store.saveUserMonths(
      tx,
      months.filter(({ month }) => month >= open),
    );
    await store.saveHoldings(tx, holdings, now);
  });
}

/** Makes the reports of months that are over; what users did in them one by one is forgotten with it. */
export async function closeMonths(server: Server): Promise<void> {
  for (const month of await store.listOpenMonths(server.db.read, findOpenMonth(server.clock.now()))) {
    const report = await makeReport(await readUsers(server, month), LEAST_USERS);
    await server.db.write(async (tx) => {
      await store.addReport(tx, month, report, server.clock.now());
      await store.removeUserMonths(tx, month);
    });
    server.log.info('use.month-closed', { month });
  }
}

async function readUsers(server: Server, month: string): Promise<UserUse[]> {
  const users: UserUse[] = [];
  let after = '';
  for (;;) {
    const rows = await store.readUserMonths(server.db.read, month, after, BATCH);
    for (const { counts, group_id: group, accounts } of rows) {
      users.push({ group: group ?? '', accounts, providers: JSON.parse(counts) as UserUse['providers'] });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return users;
    after = last.user;
    // Others are served between the batches of a large organisation.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** MailError `not-found` for a period of which there is no report. */
export function refusePeriod(period: string): MailError {
  return new MailError('not-found', `no report of ${period}`, {
    reason: 'no-such-report',
    params: { period },
  });
}
