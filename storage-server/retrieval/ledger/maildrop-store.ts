import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** What the last listing of a maildrop said. */
export interface MaildropListing {
  messages: number;
  bytes: number;
  /** Of these, what is not here yet. */
  waiting: number;
  waiting_bytes: number;
  /** 1 until a session has brought everything for the first time. */
  importing: number;
}

export async function readListing(
  reader: Reader,
  maildrop: string,
): Promise<(MaildropListing & { digest: string | null }) | null> {
  const row = await reader.get<MaildropListing & { digest: string | null }>(
    'SELECT messages, bytes, waiting, waiting_bytes, importing, digest FROM maildrop_listing WHERE maildrop = ?',
    [maildrop],
  );
  return row ?? null;
}

/** Saves the listing and clears its digest: the maildrop has to be looked at until `settleListing`. */
export async function saveListing(tx: Writer, maildrop: string, listing: MaildropListing): Promise<void> {
  const { messages, bytes, waiting, waiting_bytes, importing } = listing;
  const insert =
    'INSERT INTO maildrop_listing (maildrop, messages, bytes, waiting, waiting_bytes, importing) VALUES (?, ?, ?, ?, ?, ?)';
  const set = 'messages = ?, bytes = ?, waiting = ?, waiting_bytes = ?, importing = ?, digest = NULL';
  const over =
    tx.engine === 'sqlite' ? `ON CONFLICT (maildrop) DO UPDATE SET ${set}` : `ON DUPLICATE KEY UPDATE ${set}`;
  const values = [messages, bytes, waiting, waiting_bytes, importing];
  await tx.run(`${insert} ${over}`, [maildrop, ...values, ...values]);
}

/** In the transaction that stores them: so many messages wait no longer. */
export async function lessenWaiting(
  tx: Writer,
  maildrop: string,
  stored: { messages: number; bytes: number },
): Promise<void> {
  await tx.run(
    'UPDATE maildrop_listing SET waiting = waiting - ?, waiting_bytes = waiting_bytes - ? WHERE maildrop = ?',
    [stored.messages, stored.bytes, maildrop],
  );
}

/** All of this listing is here, and nothing of it waits for anything: the same again says nothing new. */
export async function settleListing(tx: Writer, maildrop: string, digest: string): Promise<void> {
  await tx.run('UPDATE maildrop_listing SET digest = ? WHERE maildrop = ?', [digest, maildrop]);
}

/** What the ledger says of this listing has changed: it must be looked at again. */
export async function unsettleListing(tx: Writer, maildrop: string): Promise<void> {
  await tx.run('UPDATE maildrop_listing SET digest = NULL WHERE maildrop = ? AND digest IS NOT NULL', [
    maildrop,
  ]);
}

/** A session brought all that it could: what it was refused is not waited for. */
export async function endWaiting(tx: Writer, maildrop: string): Promise<void> {
  await tx.run(
    'UPDATE maildrop_listing SET waiting = 0, waiting_bytes = 0, importing = 0 WHERE maildrop = ?',
    [maildrop],
  );
}
