import { normaliseAddress } from '../../common/envelope.ts';
import type { Suppression } from '../../common/shapes/suppression.ts';
import { formatTime, SECOND, type Clock, type Millis } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import { isSuppressing } from '../../common/reply/reply-class.ts';
import {
  deleteSuppressions,
  readSuppressions,
  writeFailures,
  type SuppressionRow,
} from './suppression-store.ts';

/** What became of a recipient, as far as it matters here. */
export interface DecidedRecipient {
  address: string;
  state: string;
  reason: string | null;
  serverLine: string | null;
  code: number | null;
  enhanced: string | null;
}

/** The addresses that failed for good, each user's own. Addresses compare as normaliseAddress says. */
export interface Suppressions {
  /** What is suppressed now, latest first, at most `limit`. */
  list(user: string, limit: number): Promise<Suppression[]>;
  /**
   * Which of `addresses` are suppressed now, in the form in which they were asked for. With `queuedAt`: for a mail of that
   * moment, which an address that failed only later does not concern. Asked for every delivery: answered from memory.
   */
  listSuppressed(
    user: string,
    addresses: readonly string[],
    queuedAt?: Millis,
  ): Promise<Map<string, Suppression>>;
  /** Takes them off the list; returns how many were on it. */
  remove(user: string, addresses: readonly string[]): Promise<number>;
  /** Learns from what became of recipients: remembers those that failed for good, forgets those that were accepted. */
  note(user: string, decided: readonly DecidedRecipient[]): Promise<void>;
}

/** What another relay on the same database learned is known here after this long at the latest. */
const FRESH: Millis = 5 * SECOND;
/** Users remembered at once. */
const MOST_USERS = 1000;

type Remembered = ReadonlyMap<string, SuppressionRow>;

export function makeSuppressions(options: { database: Database; clock: Clock; log: Logger }): Suppressions {
  const { database, clock, log } = options;
  const users = new Map<string, { at: Millis; rows: Promise<Remembered> }>();

  const remember = async (user: string): Promise<Remembered> => {
    const now = clock.now();
    const known = users.get(user);
    if (known !== undefined && now - known.at < FRESH && now >= known.at) return await known.rows;
    const rows = readSuppressions(database, user).then(
      (found) => new Map(found.map((row) => [row.address, row])),
    );
    users.delete(user);
    users.set(user, { at: now, rows });
    for (const [oldest] of users) {
      if (users.size <= MOST_USERS) break;
      users.delete(oldest);
    }
    try {
      return await rows;
    } catch (error) {
      // What could not be read is asked for again next time.
      users.delete(user);
      throw error;
    }
  };
  const remove = async (user: string, addresses: readonly string[]): Promise<number> => {
    const normal = [...new Set(addresses.map(normaliseAddress))];
    const removed = await deleteSuppressions(database, user, normal);
    users.delete(user);
    return removed;
  };
  return {
    remove,
    list: async (user, limit) => {
      const now = clock.now();
      users.delete(user);
      const rows = [...(await remember(user)).values()];
      return rows
        .filter((row) => row.ends_at > now)
        .slice(0, limit)
        .map(toSuppression);
    },
    listSuppressed: async (user, addresses, queuedAt) => {
      const rows = await remember(user);
      const found = new Map<string, Suppression>();
      if (rows.size === 0) return found;
      for (const address of addresses) {
        const row = rows.get(normaliseAddress(address));
        if (row === undefined || row.ends_at <= clock.now()) continue;
        if (queuedAt !== undefined && row.failed_at > queuedAt) continue;
        found.set(address, toSuppression(row));
      }
      return found;
    },
    note: async (user, decided) => {
      const failures = decided.flatMap(({ address, state, reason, ...facts }) =>
        state === 'failed' && reason !== null && isSuppressing(reason)
          ? [{ address: normaliseAddress(address), reason, ...facts }]
          : [],
      );
      if (failures.length > 0) {
        await writeFailures(database, user, failures, clock.now());
        users.delete(user);
        log.info('suppression.added', { user, count: failures.length });
      }
      const rows = await remember(user);
      if (rows.size === 0) return;
      const accepted = decided
        .filter(({ address, state }) => state === 'accepted' && rows.has(normaliseAddress(address)))
        .map(({ address }) => address);
      if (accepted.length > 0) await remove(user, accepted);
    },
  };
}

function toSuppression(row: SuppressionRow): Suppression {
  const { address, reason, server_line: serverLine, code, enhanced, failed_at, ends_at, times } = row;
  const since = formatTime(failed_at);
  return { address, reason, serverLine, code, enhanced, since, until: formatTime(ends_at), times };
}
