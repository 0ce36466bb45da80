import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** A code that was mailed. The code itself stands nowhere: it is derived from the id. */
export interface CodeRecord {
  id: string;
  user: string;
  /** Folded. */
  address: string;
  sent_at: number;
  expires_at: number;
  /** Wrong ones so far. */
  tries: number;
  /** `open` until it was entered, tried too often or followed by a newer one. */
  state: 'open' | 'used' | 'dead';
  /** What it proves: that mail may be sent from the address, or that resets may go there. */
  purpose: 'sender' | 'second-address';
}

const COLUMNS = 'id, user, address, sent_at, expires_at, tries, state, purpose';

export async function addCode(tx: Writer, code: CodeRecord): Promise<void> {
  await tx.run(
    "UPDATE sender_code SET state = 'dead' WHERE user = ? AND address = ? AND purpose = ? AND state = 'open'",
    [code.user, code.address, code.purpose],
  );
  await tx.run(`INSERT INTO sender_code (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [
    code.id,
    code.user,
    code.address,
    code.sent_at,
    code.expires_at,
    code.tries,
    code.state,
    code.purpose,
  ]);
}

export async function findCode(reader: Reader, id: string): Promise<CodeRecord | undefined> {
  return await reader.get<CodeRecord>(`SELECT ${COLUMNS} FROM sender_code WHERE id = ?`, [id]);
}

/** Every code of the user for that purpose that can still be entered. */
export async function listOpenCodes(
  reader: Reader,
  user: string,
  purpose: CodeRecord['purpose'],
): Promise<CodeRecord[]> {
  return await reader.all<CodeRecord>(
    `SELECT ${COLUMNS} FROM sender_code WHERE user = ? AND purpose = ? AND state = 'open' ORDER BY sent_at`,
    [user, purpose],
  );
}

export interface SentCode {
  user: string;
  address: string;
  sent_at: number;
}

/** What was sent since then for the user or to the address. */
export async function listSentCodes(
  reader: Reader,
  { user, address, since }: { user: string; address: string; since: number },
): Promise<SentCode[]> {
  const columns = 'user, address, sent_at';
  const ofUser = await reader.all<SentCode>(
    `SELECT ${columns} FROM sender_code WHERE user = ? AND sent_at > ?`,
    [user, since],
  );
  const toAddress = await reader.all<SentCode>(
    `SELECT ${columns} FROM sender_code WHERE address = ? AND sent_at > ? AND user <> ?`,
    [address, since, user],
  );
  return [...ofUser, ...toAddress];
}

/** Locks the row for this transaction: two wrong tries at once count twice. */
export async function countTry(tx: Writer, id: string): Promise<number> {
  await tx.run('UPDATE sender_code SET tries = tries + 1 WHERE id = ?', [id]);
  return (await findCode(tx, id))?.tries ?? 0;
}

export async function closeCode(tx: Writer, id: string, state: 'used' | 'dead'): Promise<void> {
  await tx.run('UPDATE sender_code SET state = ? WHERE id = ?', [state, id]);
}

export async function removeOldCodes(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM sender_code WHERE expires_at < ? AND sent_at < ?', [before, before]);
}
