import type { Precedents } from '../../common/shapes/draft.ts';
import type { Reader } from '../../server-kit/database/database.ts';

/** Mails of one recipient that are looked at, the newest first: an old habit says less, and nobody waits for thousands. */
const MOST = 200;

/** As whom the user wrote to each of these addresses, in lower case; `spellings`: how one may stand in the rows. */
export async function readWritten(
  reader: Reader,
  user: string,
  addresses: readonly { to: string; spellings: readonly string[] }[],
): Promise<Precedents['written']> {
  const found: Precedents['written'] = [];
  for (const { to, spellings } of addresses) {
    const rows = await reader.all<{ mail_from: string }>(
      `SELECT s.mail_from FROM send_recipient r JOIN send s ON s.user = r.user AND s.mail = r.mail
        WHERE r.user = ? AND r.address IN (${spellings.map(() => '?').join(', ')}) AND s.state <> 'cancelled'
        ORDER BY s.created_at DESC LIMIT ${MOST}`,
      [user, ...spellings],
    );
    const counts = new Map<string, number>();
    for (const { mail_from } of rows) {
      const from = mail_from.toLowerCase();
      counts.set(from, (counts.get(from) ?? 0) + 1);
    }
    for (const [from, count] of counts) found.push({ to, from, count });
  }
  return found;
}
