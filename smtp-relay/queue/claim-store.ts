import { HOUR, type Millis } from '../../common/time.ts';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import { MAIL_COLUMNS, toQueuedMail, type MailRow } from './mail-row.ts';
import { RECIPIENTS_PER_DELIVERY } from './schedule/hot-mails.ts';
import { turnOf } from './schedule/turn.ts';
import type { Delivery, Priority, QueuedRecipient } from './queued-mail.ts';

const PRIORITIES: readonly Priority[] = [0, 1];

/** Rows looked at for one claim. */
const LOOK = 400;

/** Somebody asked to stop it while a relay that is gone now was trying: it is as good as held or cancelled. */
const NOT_STOPPED = `AND NOT EXISTS (
  SELECT 1 FROM recipient_stop s WHERE s.mail = recipient.mail AND s.number = recipient.number)`;

interface DueRow extends QueuedRecipient {
  mail: string;
  destination: string;
  priority: Priority;
  lease: string | null;
  next_try: Millis;
  delay_told: number;
}

export interface ClaimOptions {
  now: Millis;
  leaseEnds: Millis;
  /** This relay: what it held when it was killed is known by it. */
  owner: string;
  makeLease: () => string;
  /** Deliveries wanted at most. */
  max: number;
  /** How many more deliveries this destination may have now. */
  roomFor: (destination: string) => number;
  /** Destinations without room, left out of the search. */
  full: readonly string[];
  /** Leases that are being worked on here: they may have ended while the database could not be written. */
  held?: (lease: string) => boolean;
}

/** Takes due recipients, grouped by mail and destination, oldest due first and bulk behind. Other relays do not see them until the lease ends. */
export async function claimDeliveries(database: Database, options: ClaimOptions): Promise<Delivery[]> {
  return await database.write(async (tx) => {
    const groups = chooseGroups(await findDue(tx, options), options);
    const deliveries: Delivery[] = [];
    for (const rows of groups) {
      const delivery = await takeGroup(tx, rows, options);
      if (delivery !== null) deliveries.push(delivery);
    }
    return deliveries;
  });
}

async function findDue(tx: Writer, options: ClaimOptions): Promise<DueRow[]> {
  const without = options.full.length > 0 ? `AND destination NOT IN (${placesFor(options.full)})` : '';
  // Several relays on one MySQL: each looks past the rows that another is claiming just now.
  const lock = tx.engine === 'mysql' ? 'FOR UPDATE SKIP LOCKED' : '';
  const rows: DueRow[] = [];
  for (const priority of PRIORITIES) {
    const due = await tx.all<DueRow>(
      `SELECT mail, number, address, destination, attempts, notify, original, delay_told, priority, next_try, lease FROM recipient
       WHERE priority = ? AND next_try <= ? ${without} ${NOT_STOPPED} ORDER BY next_try, mail, number LIMIT ${LOOK} ${lock}`,
      [priority, options.now, ...options.full],
    );
    rows.push(...due);
  }
  return rows
    .filter(({ lease }) => lease === null || options.held?.(lease) !== true)
    .toSorted((a, b) => turnOf(a.next_try, a.priority) - turnOf(b.next_try, b.priority));
}

function chooseGroups(rows: readonly DueRow[], options: ClaimOptions): DueRow[][] {
  const groups = new Map<string, DueRow[]>();
  const used = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.mail} ${row.destination}`;
    const group = groups.get(key);
    if (group) {
      if (group.length < RECIPIENTS_PER_DELIVERY) group.push(row);
      continue;
    }
    const inUse = used.get(row.destination) ?? 0;
    if (groups.size >= options.max || inUse >= options.roomFor(row.destination)) continue;
    used.set(row.destination, inUse + 1);
    groups.set(key, [row]);
  }
  return [...groups.values()];
}

async function takeGroup(tx: Writer, rows: DueRow[], options: ClaimOptions): Promise<Delivery | null> {
  const [first] = rows;
  if (!first) return null;
  const mail = await tx.get<MailRow>(`SELECT ${MAIL_COLUMNS} FROM mail WHERE id = ?`, [first.mail]);
  if (mail === undefined) throw new Error(`recipients without a mail: ${first.mail}`);
  const lease = options.makeLease();
  const numbers = rows.map((row) => row.number);
  await tx.run(
    `UPDATE recipient SET next_try = ?, lease = ?, lease_owner = ?
     WHERE mail = ? AND number IN (${placesFor(numbers)})`,
    [options.leaseEnds, lease, options.owner, first.mail, ...numbers],
  );
  return {
    mail: toQueuedMail(mail),
    destination: first.destination,
    lease,
    leaseEnds: options.leaseEnds,
    recipients: rows.map(({ number, address, attempts, notify, original, delay_told }) => ({
      number,
      address,
      attempts,
      notify,
      original,
      delayTold: delay_told === 1,
    })),
  };
}

/** So many at once in one statement. */
const RENEWED_TOGETHER = 200;

/** Moves the end of the leases that are being worked on. */
export async function renewLeases(
  database: Database,
  held: readonly { mail: string; lease: string }[],
  leaseEnds: Millis,
): Promise<void> {
  for (let start = 0; start < held.length; start += RENEWED_TOGETHER) {
    const some = held.slice(start, start + RENEWED_TOGETHER);
    await database.write(async (tx) => {
      await tx.run(
        `UPDATE recipient SET next_try = ?
         WHERE mail IN (${placesFor(some)}) AND lease IN (${placesFor(some)}) AND next_try IS NOT NULL`,
        [leaseEnds, ...some.map(({ mail }) => mail), ...some.map(({ lease }) => lease)],
      );
    });
  }
}

/**
 * Makes what `owner` holds due now: at its start (a killed relay had no time to), at its end, or
 * for one delivery that was interrupted. Nothing counts as a try.
 */
export async function releaseLeases(
  database: Database,
  which: { owner: string; lease?: string },
  now: Millis,
): Promise<number> {
  return await database.write(async (tx) => {
    const { changes } = await tx.run(
      `UPDATE recipient SET next_try = ?, lease = NULL, lease_owner = NULL
       WHERE lease_owner = ? AND priority IN (0, 1) AND next_try IS NOT NULL ${which.lease === undefined ? '' : 'AND lease = ?'}`,
      which.lease === undefined ? [now, which.owner] : [now, which.owner, which.lease],
    );
    return changes;
  });
}

/** Longer than any pause between two tries. */
const NO_PAUSE: Millis = 5 * HOUR;

/** A clock that was set back leaves what waits in a far future: it is due now. Returns how many recipients. */
export async function pullIn(database: Database, now: Millis): Promise<number> {
  return await database.write(async (tx) => {
    const { changes } = await tx.run(
      'UPDATE recipient SET next_try = ? WHERE priority IN (0, 1) AND next_try > ? AND lease IS NULL',
      [now, now + NO_PAUSE],
    );
    return changes;
  });
}

/** When something is due next, without the destinations in `full`; null when nothing waits. */
export async function findNextDue(database: Database, full: readonly string[]): Promise<Millis | null> {
  const without = full.length > 0 ? `AND destination NOT IN (${placesFor(full)})` : '';
  const times: Millis[] = [];
  for (const priority of PRIORITIES) {
    const row = await database.read.get<{ due: number | null }>(
      `SELECT MIN(next_try) AS due FROM recipient WHERE priority = ? AND next_try IS NOT NULL ${without}`,
      [priority, ...full],
    );
    const due = row?.due ?? null;
    if (due !== null) times.push(due);
  }
  return times.length === 0 ? null : Math.min(...times);
}

function placesFor(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
