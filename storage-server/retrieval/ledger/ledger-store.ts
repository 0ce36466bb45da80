import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/**
 * kept: it is here, and there as far as we know. deleting: we may have sent DELE. deleted: QUIT confirmed it.
 * stays: the server keeps it in spite of DELE; it is left alone. lost: what was stored could not be read back; it is retrieved again.
 */
export type LedgerState = 'kept' | 'deleting' | 'deleted' | 'stays' | 'lost';

/** One message of a maildrop that is durable here. */
export interface LedgerEntry {
  maildrop: string;
  /** The server's UIDL, or what stands for one (ledger-key.ts). */
  uidl: string;
  /** Id of the mail. */
  mail: string;
  /** The account whose original it is; null where an older version retrieved it. */
  account: string | null;
  /** What LIST claimed: another size under the same UIDL is another message. */
  size: number;
  state: LedgerState;
  first_seen: Millis;
  /** 0: missing in the last listing. That is not a deletion by anybody. */
  listed: number;
  /** When the user removed the mail for ever here; null: nobody did, whatever became of its row. */
  removed_at: Millis | null;
  /** Blob ids of what was removed. */
  header: string | null;
  body: string | null;
}

const COLUMNS = [
  'maildrop',
  'uidl',
  'mail',
  'account',
  'size',
  'state',
  'first_seen',
  'listed',
  'removed_at',
  'header',
  'body',
] as const satisfies (keyof LedgerEntry)[];
const ALL = COLUMNS.join(', ');

/** Statements with more places than this are split (SQLite takes 32,766, but long ones prepare slowly). */
const CHUNK = 200;

/** All that is known of a maildrop. */
export async function readLedger(reader: Reader, maildrop: string): Promise<LedgerEntry[]> {
  return await reader.all<LedgerEntry>(`SELECT ${ALL} FROM ledger WHERE maildrop = ?`, [maildrop]);
}

/** What the account retrieved from other maildrops: from where its own was before it moved. */
export async function readFormerLedger(
  reader: Reader,
  account: string,
  maildrop: string,
): Promise<LedgerEntry[]> {
  return await reader.all<LedgerEntry>(`SELECT ${ALL} FROM ledger WHERE account = ? AND maildrop <> ?`, [
    account,
    maildrop,
  ]);
}

/** What the user removed for ever of this account with exactly these bytes. */
export async function findRemoved(
  reader: Reader,
  original: { account: string; header: string; body: string },
): Promise<LedgerEntry[]> {
  return await reader.all<LedgerEntry>(
    `SELECT ${ALL} FROM ledger WHERE account = ? AND header = ? AND body = ? AND removed_at IS NOT NULL ORDER BY uidl`,
    [original.account, original.header, original.body],
  );
}

/** Which of these UIDLs the user has removed for ever by now. */
export async function findMarked(
  reader: Reader,
  maildrop: string,
  uidls: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of split(uidls)) {
    const rows = await reader.all<{ uidl: string }>(
      `SELECT uidl FROM ledger WHERE maildrop = ? AND uidl IN (${places('?', some)}) AND removed_at IS NOT NULL`,
      [maildrop, ...some],
    );
    for (const { uidl } of rows) found.add(uidl);
  }
  return found;
}

/** Writes entries, over what was known under the same UIDL. */
export async function saveEntries(tx: Writer, entries: readonly LedgerEntry[]): Promise<void> {
  const changed = COLUMNS.filter((column) => column !== 'maildrop' && column !== 'uidl');
  const over =
    tx.engine === 'sqlite'
      ? `ON CONFLICT (maildrop, uidl) DO UPDATE SET ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`
      : `ON DUPLICATE KEY UPDATE ${changed.map((column) => `${column} = VALUES(${column})`).join(', ')}`;
  const place = `(${COLUMNS.map(() => '?').join(', ')})`;
  for (const some of split(entries)) {
    await tx.run(
      `INSERT INTO ledger (${ALL}) VALUES ${places(place, some)} ${over}`,
      some.flatMap((entry) => COLUMNS.map((column) => entry[column])),
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

/** Notes what a listing has, or no longer has. */
export async function markListed(
  tx: Writer,
  maildrop: string,
  uidls: readonly string[],
  listed: boolean,
): Promise<void> {
  for (const some of split(uidls)) {
    await tx.run(`UPDATE ledger SET listed = ? WHERE maildrop = ? AND uidl IN (${places('?', some)})`, [
      listed ? 1 : 0,
      maildrop,
      ...some,
    ]);
  }
}

/** Entries of before accounts were noted. */
export async function fillAccount(tx: Writer, maildrop: string, account: string): Promise<void> {
  await tx.run('UPDATE ledger SET account = ? WHERE maildrop = ? AND account IS NULL', [account, maildrop]);
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
  entry: Pick<LedgerEntry, 'maildrop' | 'uidl' | 'mail'>,
): Promise<void> {
  await tx.run('DELETE FROM ledger WHERE maildrop = ? AND uidl = ? AND mail = ?', [
    entry.maildrop,
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
