import type { Millis } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

/**
 * kept: it is here, and there as far as we know. deleting: we may have sent DELE. deleted: QUIT confirmed it.
 * stays: the server keeps it in spite of DELE; it is left alone.
 */
export type LedgerState = 'kept' | 'deleting' | 'deleted' | 'stays';

/** One message of a maildrop that is durable here. */
export interface LedgerEntry {
  /** The server's UIDL, or what stands for one (ledger-key.ts). */
  uidl: string;
  /** Id of the mail. */
  mail: string;
  /** What LIST claimed: another size under the same UIDL is another message. */
  size: number;
  state: LedgerState;
  first_seen: Millis;
}

/** Statements with more places than this are split (SQLite takes 32,766, but long ones prepare slowly). */
const CHUNK = 300;

/** All that is known of a maildrop. */
export async function readLedger(reader: Reader, maildrop: string): Promise<LedgerEntry[]> {
  return await reader.all<LedgerEntry>(
    'SELECT uidl, mail, size, state, first_seen FROM ledger WHERE maildrop = ?',
    [maildrop],
  );
}

/** Writes entries, over what was known under the same UIDL. */
export async function saveEntries(
  tx: Writer,
  maildrop: string,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const over =
    tx.engine === 'sqlite'
      ? 'ON CONFLICT (maildrop, uidl) DO UPDATE SET mail = excluded.mail, size = excluded.size, state = excluded.state, first_seen = excluded.first_seen'
      : 'ON DUPLICATE KEY UPDATE mail = VALUES(mail), size = VALUES(size), state = VALUES(state), first_seen = VALUES(first_seen)';
  for (const some of split(entries)) {
    await tx.run(
      `INSERT INTO ledger (maildrop, uidl, mail, size, state, first_seen) VALUES ${places('(?, ?, ?, ?, ?, ?)', some)} ${over}`,
      some.flatMap(({ uidl, mail, size, state, first_seen }) => [
        maildrop,
        uidl,
        mail,
        size,
        state,
        first_seen,
      ]),
    );
  }
}

export async function markEntries(
  tx: Writer,
  maildrop: string,
  uidls: readonly string[],
  state: LedgerState,
): Promise<void> {
  for (const some of split(uidls)) {
    await tx.run(`UPDATE ledger SET state = ? WHERE maildrop = ? AND uidl IN (${places('?', some)})`, [
      state,
      maildrop,
      ...some,
    ]);
  }
}

/** For UIDLs that the server will not list again. */
export async function forgetEntries(tx: Writer, maildrop: string, uidls: readonly string[]): Promise<void> {
  for (const some of split(uidls)) {
    await tx.run(`DELETE FROM ledger WHERE maildrop = ? AND uidl IN (${places('?', some)})`, [
      maildrop,
      ...some,
    ]);
  }
}

/** Only as long as its UIDL still stands for that mail. */
export async function forgetEntry(
  tx: Writer,
  maildrop: string,
  entry: Pick<LedgerEntry, 'uidl' | 'mail'>,
): Promise<void> {
  await tx.run('DELETE FROM ledger WHERE maildrop = ? AND uidl = ? AND mail = ?', [
    maildrop,
    entry.uidl,
    entry.mail,
  ]);
}

function places(one: string, values: readonly unknown[]): string {
  return Array.from(values, () => one).join(', ');
}

function* split<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += CHUNK) yield values.slice(at, at + CHUNK);
}
