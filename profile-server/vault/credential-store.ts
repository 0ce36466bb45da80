import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

/** `oauth` is a refresh token, `oauth-access` the access token of now; theirs may be a sign-in that has no account yet. */
export const CREDENTIAL_KINDS = ['pop3', 'smtp', 'oauth', 'oauth-access'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

export interface CredentialRecord {
  account: string;
  kind: CredentialKind;
  user: string;
  version: number;
  sealed: Buffer;
  /** Id of the personal key under which it stands within the data key; null: none. */
  personal: string | null;
}

const COLUMNS = ['account', 'kind', 'user', 'version', 'sealed', 'personal'];

export async function findCredential(
  reader: Reader,
  account: string,
  kind: CredentialKind,
): Promise<CredentialRecord | undefined> {
  return await reader.get<CredentialRecord>(
    `SELECT ${COLUMNS.join(', ')} FROM credential WHERE account = ? AND kind = ?`,
    [account, kind],
  );
}

/** With its user's data key (null: there is no such user) in one look: between two of them the key may be renewed. */
export async function findCredentialWithKey(
  reader: Reader,
  account: string,
  kind: CredentialKind,
): Promise<(CredentialRecord & { data_key: Buffer | null }) | undefined> {
  return await reader.get<CredentialRecord & { data_key: Buffer | null }>(
    `SELECT ${COLUMNS.map((name) => `c.${name} AS ${name}`).join(', ')}, u.data_key AS data_key
      FROM credential c LEFT JOIN user u ON u.id = c.user WHERE c.account = ? AND c.kind = ?`,
    [account, kind],
  );
}

export async function listCredentialsOf(reader: Reader, user: string): Promise<CredentialRecord[]> {
  return await reader.all<CredentialRecord>(
    `SELECT ${COLUMNS.join(', ')} FROM credential WHERE user = ? ORDER BY account, kind`,
    [user],
  );
}

/** How often the passwords of these accounts were kept anew, by account. Tokens are no sign of a change: they are kept anew by the hour. */
export async function countKeepings(
  reader: Reader,
  of: readonly { user: string; account: string }[],
): Promise<Map<string, number>> {
  const which = of.map(() => '(account = ? AND user = ?)').join(' OR ');
  const rows = await reader.all<{ account: string; kept: number | string }>(
    `SELECT account, SUM(version) AS kept FROM credential WHERE kind IN ('pop3', 'smtp') AND (${which})
      GROUP BY account`,
    of.flatMap(({ user, account }) => [account, user]),
  );
  return new Map(rows.map(({ account, kept }) => [account, Number(kept)]));
}

export async function saveCredential(tx: Writer, credential: CredentialRecord): Promise<void> {
  const { account, kind, user, version, sealed, personal } = credential;
  const set = { version: 'replace', sealed: 'replace', personal: 'replace' } as const;
  const rows = [[account, kind, user, version, sealed, personal]];
  await writeRows(tx, 'credential', COLUMNS, rows, { keys: ['account', 'kind'], set });
}

export async function removeCredential(tx: Writer, account: string, kind: CredentialKind): Promise<void> {
  await tx.run('DELETE FROM credential WHERE account = ? AND kind = ?', [account, kind]);
}

/** What only the user could open. */
export async function removePersonalCredentials(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM credential WHERE user = ? AND personal IS NOT NULL', [user]);
}

export async function saveDataKey(tx: Writer, user: string, sealed: Uint8Array): Promise<void> {
  await tx.run('UPDATE user SET data_key = ? WHERE id = ?', [sealed, user]);
}
