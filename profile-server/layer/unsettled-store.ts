import { ORGANISATION } from '../../common/shapes/layer.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** Everybody for whom a place speaks has to be gone through once more. */
export async function unsettlePlace(tx: Writer, of: string): Promise<void> {
  await (of === ORGANISATION
    ? tx.run('UPDATE user SET unsettled = 1 WHERE unsettled <> 1')
    : tx.run('UPDATE user SET unsettled = 1 WHERE unsettled <> 1 AND group_id = ?', [of]));
}

/** After a change of what layers and policies ask of a user: the group, the name. */
export async function unsettleUser(tx: Writer, user: string): Promise<void> {
  await tx.run('UPDATE user SET unsettled = 1 WHERE id = ?', [user]);
}

/** Locks the user. False when another process has taken him, or nothing was to do. What a layer says is read after. */
export async function takeUnsettled(tx: Writer, user: string): Promise<boolean> {
  return (await tx.run('UPDATE user SET unsettled = 0 WHERE id = ? AND unsettled = 1', [user])).changes === 1;
}

/** One who cannot be gone through waits for the next change or start, and holds up nobody. */
export async function setAside(tx: Writer, user: string): Promise<void> {
  await tx.run('UPDATE user SET unsettled = 2 WHERE id = ?', [user]);
}

/** At a start: what failed then may work now. */
export async function takeUpAgain(tx: Writer): Promise<void> {
  await tx.run('UPDATE user SET unsettled = 1 WHERE unsettled = 2');
}

export async function isUnsettled(reader: Reader, user: string): Promise<boolean> {
  const row = await reader.get<{ unsettled: number }>('SELECT unsettled FROM user WHERE id = ?', [user]);
  return row?.unsettled === 1;
}

/** Who has been here since a time comes first: somebody may be looking. */
export async function listUnsettled(reader: Reader, since: number, limit: number): Promise<string[]> {
  const here = await reader.all<{ id: string }>(
    `SELECT user.id AS id, MAX(session.last_seen) AS seen FROM session JOIN user ON user.id = session.user
      WHERE session.last_seen > ? AND user.unsettled = 1 GROUP BY user.id ORDER BY seen DESC LIMIT ${limit}`,
    [since],
  );
  if (here.length > 0) return here.map(({ id }) => id);
  const rows = await reader.all<{ id: string }>(
    `SELECT id FROM user WHERE unsettled = 1 ORDER BY id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

export async function countOfPlace(reader: Reader, of: string): Promise<{ all: number; waiting: number }> {
  const row = await reader.get<{ total: number; waiting: number | string | null }>(
    `SELECT COUNT(*) AS total, SUM(CASE WHEN unsettled = 1 THEN 1 ELSE 0 END) AS waiting FROM user ${of === ORGANISATION ? '' : 'WHERE group_id = ?'}`,
    of === ORGANISATION ? [] : [of],
  );
  // A sum is a decimal to MariaDB's driver, and so a string.
  return { all: row?.total ?? 0, waiting: Number(row?.waiting ?? 0) };
}
