import type { RecipientStatus } from '../../../common/shapes/status.ts';
import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** What is kept of a recipient. */
export interface StoredRecipient extends RecipientStatus {
  /** Until when the host that reported a delay goes on trying; by then it has told that it failed, or it delivered. */
  until?: Millis | null;
}

export async function replaceRecipients(
  tx: Writer,
  user: string,
  mail: string,
  addresses: readonly string[],
): Promise<void> {
  await tx.run('DELETE FROM send_recipient WHERE user = ? AND mail = ?', [user, mail]);
  for (const [position, address] of addresses.entries()) {
    await tx.run(
      'INSERT INTO send_recipient (user, mail, address, position, state, detail) VALUES (?, ?, ?, ?, ?, ?)',
      [user, mail, address, position, 'queued', JSON.stringify(makeRecipient(address))],
    );
  }
}

/** A recipient about whom nothing is known yet. */
export function makeRecipient(address: string): RecipientStatus {
  return {
    address,
    state: 'queued',
    route: null,
    host: null,
    code: null,
    enhanced: null,
    tls: null,
    attempts: 0,
    lastAttempt: null,
    nextTry: null,
    reason: null,
    serverLine: null,
  };
}

/** In the order in which the user named them. */
export async function readRecipientStatus(
  reader: Reader,
  user: string,
  mail: string,
): Promise<StoredRecipient[]> {
  const rows = await reader.all<{ detail: string }>(
    'SELECT detail FROM send_recipient WHERE user = ? AND mail = ? ORDER BY position',
    [user, mail],
  );
  return rows.map((row) => JSON.parse(row.detail) as StoredRecipient);
}

/** The newest word about one recipient, under the address that it was sent to. */
export async function writeRecipient(
  tx: Writer,
  user: string,
  mail: string,
  status: StoredRecipient,
): Promise<void> {
  await tx.run(
    'UPDATE send_recipient SET state = ?, detail = ? WHERE user = ? AND mail = ? AND address = ?',
    [status.state, JSON.stringify(status), user, mail, status.address],
  );
}
