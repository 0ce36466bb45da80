import type { MailAuthentication } from '../../common/shapes/mail.ts';
import { formatTime } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { KeptVerdict } from './origin.ts';
import { readVerdicts } from './origin-store.ts';

/** How a mail was judged; of one that came through several accounts, as the first of them brought it. */
export async function readAuthentication(
  read: Reader,
  user: string,
  mail: { id: number; accounts: readonly string[] },
): Promise<MailAuthentication | null> {
  const found = await readVerdicts(read, user, mail.id);
  for (const account of mail.accounts) {
    const row = found.find((one) => one.account === account);
    const verdict = row === undefined ? null : (JSON.parse(row.verdict) as KeptVerdict | null);
    if (row !== undefined && verdict !== null) return { ...verdict, judgedAt: formatTime(row.judgedAt) };
  }
  return null;
}
