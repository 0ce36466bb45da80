import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** What the home keeps of this user is to go. */
export async function addDeparture(tx: Writer, user: string, home: string, at: number): Promise<void> {
  await tx.run('INSERT INTO departure (user, home, at) VALUES (?, ?, ?)', [user, home, at]);
}

export async function listDepartures(reader: Reader, home: string, limit: number): Promise<string[]> {
  const rows = await reader.all<{ user: string }>(
    `SELECT user FROM departure WHERE home = ? ORDER BY at LIMIT ${limit}`,
    [home],
  );
  return rows.map(({ user }) => user);
}

/** Only by the home itself. */
export async function removeDeparture(tx: Writer, user: string, home: string): Promise<void> {
  await tx.run('DELETE FROM departure WHERE user = ? AND home = ?', [user, home]);
}
