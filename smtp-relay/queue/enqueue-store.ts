import type { Database, Writer } from '../../server-kit/database/database.ts';
import { offerCopy } from '../copy/copy-store.ts';
import type { Claim, Enqueued } from './commit/change.ts';
import type { NewMail } from './queued-mail.ts';

/** Below MySQL's smallest usual packet, and small enough to stream. */
const CHUNK_SIZE = 512 * 1024;

/** Within the caller's transaction; with a claim its recipients are at once this relay's own. */
export async function insertMail(tx: Writer, mail: NewMail, claim: Claim | null): Promise<Enqueued> {
  const earlier = await findBySendKey(tx, mail.user, mail.sendKey);
  if (earlier !== null) return { id: earlier, added: false };
  await tx.run(
    `INSERT INTO mail (id, user, home, send_key, mail_from, account, utf8, eight_bit, message_id, priority,
       require_tls, tls_optional, dsn_ret, envid, size, queued_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      mail.id,
      mail.user,
      mail.home,
      mail.sendKey,
      mail.mailFrom,
      mail.account,
      mail.utf8 ? 1 : 0,
      mail.eightBit ? 1 : 0,
      mail.messageId,
      mail.priority,
      mail.requireTls ? 1 : 0,
      mail.tlsOptional ? 1 : 0,
      mail.dsn.ret,
      mail.dsn.envid ?? null,
      mail.body.length,
      mail.queuedAt,
    ],
  );
  for (let number = 0; number * CHUNK_SIZE < mail.body.length; number++) {
    const bytes = mail.body.subarray(number * CHUNK_SIZE, (number + 1) * CHUNK_SIZE);
    await tx.run('INSERT INTO mail_chunk (mail, number, bytes) VALUES (?, ?, ?)', [mail.id, number, bytes]);
  }
  for (const [number, recipient] of mail.recipients.entries()) {
    await tx.run(
      `INSERT INTO recipient (mail, number, address, destination, notify, original, state, attempts, next_try,
         priority, lease, lease_owner)
       VALUES (?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, ?, ?)`,
      [
        mail.id,
        number,
        recipient.address,
        recipient.destination,
        recipient.notify,
        recipient.original,
        claim?.ends ?? mail.queuedAt,
        mail.priority,
        claim?.leases[number] ?? null,
        claim?.owner ?? null,
      ],
    );
  }
  if (mail.copy === true) await offerCopy(tx, mail);
  return { id: mail.id, added: true };
}

/** The id under which this send key is queued, or null. */
async function findBySendKey(
  reader: Pick<Database['read'], 'get'>,
  user: string,
  sendKey: string,
): Promise<string | null> {
  const row = await reader.get<{ id: string }>('SELECT id FROM mail WHERE user = ? AND send_key = ?', [
    user,
    sendKey,
  ]);
  return row?.id ?? null;
}
