import type { Reader } from '../../server-kit/database/database.ts';

/** Values of contacts in which a text stands somewhere, whatever its case: looked at where they are, as there may be thousands. */
export async function findContactsWith(reader: Reader, user: string, text: string): Promise<string[]> {
  const rows = await reader.all<{ value: string }>(
    `SELECT value FROM profile_item WHERE user = ? AND part = 'contacts' AND value IS NOT NULL
      AND INSTR(LOWER(value), ?) > 0`,
    [user, text.toLowerCase()],
  );
  return rows.map(({ value }) => value);
}
