import type { Writer } from '../../../server-kit/database/database.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { writeNote } from '../../session/note/security-notes.ts';
import { isSamePlace, type Place } from './mend-rule.ts';

/**
 * That an admin has changed an account: for the audit log, and for its user where another place gets his password. In the
 * transaction of the change itself: no password goes anywhere without a word.
 */
export async function noteMend(
  server: Pick<ProfileContext, 'clock' | 'random'>,
  tx: Writer,
  {
    admin,
    user,
    account,
    from,
    to,
  }: { admin: string; user: string; account: string; from: Place; to: Place },
): Promise<void> {
  const { host, port, tls } = to;
  const detail = { account, from: from.host, to: host, port, tls, accounts: 1 };
  const at = server.clock.now();
  await appendAudit(tx, { at, actor: admin, action: 'account.mend', subject: user, detail });
  const note = { what: 'account-moved', by: admin, detail: { name: host } } as const;
  if (!isSamePlace(from, to)) await writeNote(tx, server, { user, ...note });
}
