import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { writeRows } from '../../../server-kit/database/write-rows.ts';

/** Whether the user signed in from this group of addresses before; null where nothing is known of any place. */
export async function isKnownPlace(reader: Reader, user: string, place: string): Promise<boolean | null> {
  const here = await reader.get('SELECT user FROM sign_in_place WHERE user = ? AND place = ?', [user, place]);
  if (here !== undefined) return true;
  const elsewhere = await reader.get('SELECT user FROM sign_in_place WHERE user = ? LIMIT 1', [user]);
  return elsewhere === undefined ? null : false;
}

export async function putPlace(tx: Writer, user: string, place: string, now: Millis): Promise<void> {
  const columns = ['user', 'place', 'first_at', 'last_at'];
  const clash = { keys: ['user', 'place'], set: { last_at: 'replace' } } as const;
  await writeRows(tx, 'sign_in_place', columns, [[user, place, now, now]], clash);
}

export async function removeOldPlaces(tx: Writer, before: Millis): Promise<void> {
  await tx.run('DELETE FROM sign_in_place WHERE last_at < ?', [before]);
}

export async function setLastSignIn(tx: Writer, user: string, now: Millis): Promise<void> {
  await tx.run('UPDATE user SET last_sign_in = ? WHERE id = ?', [now, user]);
}
