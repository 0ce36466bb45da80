import type { Database, Writer } from '../../server-kit/database/database.ts';
import { offerCopy } from '../copy/copy-store.ts';
import type { NewMail } from './queued-mail.ts';

/** Below MySQL's smallest usual packet, and small enough to stream. */
const CHUNK_SIZE = 512 * 1024;

export interface Enqueued {
  id: string;
  /** False when the same (user, send key) was queued before: `id` is that of the first. */
  added: boolean;
}

/** Inserts all of `mails` in one durable transaction; the same send key twice is queued once, also within one call. */
export async function insertMails(database: Database, mails: readonly NewMail[]): Promise<Enqueued[]> {
  const insert = async (): Promise<Enqueued[]> =>
    await database.write(async (tx) => {
      const results: Enqueued[] = [];
      for (const mail of mails) results.push(await insertMail(tx, mail));
      return results;
    });
  try {
    return await insert();
  } catch (error) {
    // Another relay on the same database took the same send key between our look and our insert.
    if (!isDuplicateKey(error)) throw error;
    return await insert();
  }
}

function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ER_DUP_ENTRY';
}

async function insertMail(tx: Writer, mail: NewMail): Promise<Enqueued> {
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
         priority)
       VALUES (?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?)`,
      [
        mail.id,
        number,
        recipient.address,
        recipient.destination,
        recipient.notify,
        recipient.original,
        mail.queuedAt,
        mail.priority,
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
