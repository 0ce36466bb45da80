import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { isPutOff } from './is-put-off.ts';
import { findPlaces, findSnoozes, saveSnoozes, type SnoozeRow } from './snooze-store.ts';

/** Which of these mails are put off, or have come back, before something moves them. */
export async function findPutOff(
  read: Reader,
  user: string,
  mails: readonly number[],
): Promise<Omit<SnoozeRow, 'user'>[]> {
  const rows = await findSnoozes(read, user, mails);
  if (rows.length === 0) return [];
  const places = await findPlaces(
    read,
    user,
    rows.map(({ mail }) => mail),
  );
  return rows.filter((row) => isPutOff(row, places.get(row.mail))).map(({ user: _user, ...row }) => row);
}

/**
 * In the transaction that laid mails back where they were: what was put off there is so again, also where it was forgotten meanwhile.
 * One that was put off anew since keeps that. How many there are.
 */
export async function putOffAgain(
  tx: Writer,
  user: string,
  rows: readonly Omit<SnoozeRow, 'user'>[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const mails = rows.map(({ mail }) => mail);
  const known = new Map((await findSnoozes(tx, user, mails)).map((row) => [row.mail, row]));
  const places = await findPlaces(tx, user, mails);
  const again = rows.flatMap((row): SnoozeRow[] => {
    const place = places.get(row.mail);
    const now = known.get(row.mail);
    const anew = now !== undefined && (now.mailbox !== row.mailbox || now.movedAt !== row.movedAt);
    if (place?.mailbox !== row.mailbox || anew) return [];
    return [{ ...row, user, movedAt: place.movedAt }];
  });
  await saveSnoozes(tx, again);
  return again.length;
}
