import type { Millis } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';
import { chunk, makeList } from '../mail/mail-store.ts';
import { pickBehind } from '../watch-due.ts';

export interface SnoozeRow {
  user: string;
  mail: number;
  at: Millis;
  state: 'waiting' | 'back';
  /** Id of the mailbox that it left. */
  home: string;
  /** Where it has been since, and since when; see isPutOff. */
  mailbox: string;
  movedAt: Millis;
}

/** Where a mail lies, and since when. */
export interface MailPlace {
  mail: number;
  mailbox: string;
  movedAt: Millis;
}

const COLUMNS = 'user_id AS user, mail, at, state, home, mailbox, moved_at AS movedAt';

const REPLACE = {
  at: 'replace',
  state: 'replace',
  home: 'replace',
  mailbox: 'replace',
  moved_at: 'replace',
} as const;

/** Replaces what is known of these mails. */
export async function saveSnoozes(tx: Writer, rows: readonly SnoozeRow[]): Promise<void> {
  await writeRows(
    tx,
    'snooze',
    ['user_id', 'mail', 'at', 'state', 'home', 'mailbox', 'moved_at'],
    rows.map((row) => [row.user, row.mail, row.at, row.state, row.home, row.mailbox, row.movedAt]),
    { keys: ['user_id', 'mail'], set: REPLACE },
  );
}

export async function countWaiting(read: Reader, user: string): Promise<number> {
  const row = await read.get<{ n: number }>(
    "SELECT COUNT(*) AS n FROM snooze WHERE user_id = ? AND state = 'waiting'",
    [user],
  );
  return row?.n ?? 0;
}

export async function findSnoozes(
  read: Reader,
  user: string,
  mails: readonly number[],
): Promise<SnoozeRow[]> {
  const found: SnoozeRow[] = [];
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    const text = `SELECT ${COLUMNS} FROM snooze WHERE user_id = ? AND mail IN (${places})`;
    found.push(...(await read.all<SnoozeRow>(text, [user, ...params])));
  }
  return found;
}

/** The earliest first. */
export async function listSnoozes(read: Reader, user: string): Promise<SnoozeRow[]> {
  return await read.all(`SELECT ${COLUMNS} FROM snooze WHERE user_id = ? ORDER BY at, mail`, [user]);
}

export async function findPlaces(
  read: Reader,
  user: string,
  mails: readonly number[],
): Promise<Map<number, MailPlace>> {
  const found = new Map<number, MailPlace>();
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    const text = `SELECT id AS mail, mailbox, moved_at AS movedAt FROM mail WHERE user_id = ? AND id IN (${places})`;
    for (const one of await read.all<MailPlace>(text, [user, ...params])) found.set(one.mail, one);
  }
  return found;
}

export async function deleteSnoozes(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`DELETE FROM snooze WHERE user_id = ? AND mail IN (${places})`, [user, ...params]);
  }
}

/** Forgets what is not put off any more (see isPutOff): it waits for nothing, and would count as if it did. */
export async function dropMoved(tx: Writer, user: string): Promise<void> {
  await tx.run(
    `DELETE FROM snooze WHERE user_id = ? AND NOT EXISTS (
      SELECT 1 FROM mail WHERE mail.user_id = snooze.user_id AND mail.id = snooze.mail
        AND mail.mailbox = snooze.mailbox AND mail.moved_at = snooze.moved_at
    )`,
    [user],
  );
}

/** Those whose time has come and that come after `behind`, the one due longest first. */
export async function listDueSnoozes(
  read: Reader,
  now: Millis,
  limit: number,
  behind: Pick<SnoozeRow, 'at' | 'user' | 'mail'> | null = null,
): Promise<SnoozeRow[]> {
  const [text, params] = pickBehind(behind);
  return await read.all(
    `SELECT ${COLUMNS} FROM snooze WHERE state = 'waiting' AND at <= ? ${text} ORDER BY at, user_id, mail LIMIT ?`,
    [now, ...params, limit],
  );
}

/** When the next one is due; null when none waits. */
export async function readNextSnooze(read: Reader, after: Millis): Promise<Millis | null> {
  const row = await read.get<{ at: number | null }>(
    "SELECT MIN(at) AS at FROM snooze WHERE state = 'waiting' AND at > ?",
    [after],
  );
  return row?.at ?? null;
}

/** Forgets what came back before `before`: newer mail stands above it by far. */
export async function forgetBack(tx: Writer, before: Millis): Promise<void> {
  await tx.run("DELETE FROM snooze WHERE state = 'back' AND at < ?", [before]);
}
