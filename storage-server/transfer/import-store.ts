import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { matchHashes } from '../mail/match-hashes.ts';
import type { SendRowState } from '../sending/send-store.ts';

/** The user's mails with exactly these bytes, oldest first, with their threads; sorted here as in findSame. */
export async function findHolders(
  read: Reader,
  user: string,
  bytes: { header: string; body: string },
): Promise<{ id: number; thread: number }[]> {
  const { where, params } = matchHashes('o.header', [bytes.header]);
  const rows = await read.all<{ id: number; thread: number }>(
    `SELECT DISTINCT m.id, m.thread FROM mail_original o JOIN mail m ON m.user_id = o.user_id AND m.id = o.mail
      WHERE ${where} AND o.body = ? AND o.user_id = ?`,
    [...params, bytes.body, user],
  );
  return rows.toSorted((a, b) => a.id - b.id);
}

/** What was sent from another server, or from here before: nothing is sent again. */
export interface FormerSend {
  sendKey: string;
  messageId: string;
  mailFrom: string;
  state: SendRowState;
  at: number;
  recipients: RecipientStatus[];
}

/** Its status, unless that key is known here already. */
export async function insertFormerSend(
  tx: Writer,
  user: string,
  mail: string,
  send: FormerSend,
): Promise<void> {
  const known = await tx.get('SELECT mail FROM send WHERE user = ? AND send_key = ?', [user, send.sendKey]);
  if (known !== undefined) return;
  await tx.run(
    `INSERT INTO send (user, mail, send_key, client_key, message_id, mail_from, state, relay, scheduled, due_at,
      next_try, attempts, created_at, answered, forwarded)
      VALUES (?, ?, ?, NULL, ?, ?, ?, NULL, 0, ?, ?, 0, ?, NULL, NULL)`,
    [user, mail, send.sendKey, send.messageId, send.mailFrom, send.state, send.at, send.at, send.at],
  );
  for (const [position, recipient] of send.recipients.entries()) {
    await tx.run(
      'INSERT INTO send_recipient (user, mail, address, position, state, detail) VALUES (?, ?, ?, ?, ?, ?)',
      [user, mail, recipient.address, position, recipient.state, JSON.stringify(recipient)],
    );
  }
}

/** Which of these UIDLs the ledger has already. */
export async function findUidls(
  read: Reader,
  maildrop: string,
  uidls: readonly string[],
): Promise<Set<string>> {
  const places = uidls.map(() => '?').join(', ');
  const rows = await read.all<{ uidl: string }>(
    `SELECT uidl FROM ledger WHERE maildrop = ? AND uidl IN (${places})`,
    [maildrop, ...uidls],
  );
  return new Set(rows.map((row) => row.uidl));
}
