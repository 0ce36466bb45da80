import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** `oauth` is a refresh token, `oauth-access` the access token of now; theirs may be a sign-in that has no account yet. */
export const CREDENTIAL_KINDS = ['pop3', 'smtp', 'oauth', 'oauth-access'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

export interface CredentialRecord {
  account: string;
  kind: CredentialKind;
  user: string;
  version: number;
  sealed: Buffer;
}

export async function findCredential(
  reader: Reader,
  account: string,
  kind: CredentialKind,
): Promise<CredentialRecord | undefined> {
  return await reader.get<CredentialRecord>(
    'SELECT account, kind, user, version, sealed FROM credential WHERE account = ? AND kind = ?',
    [account, kind],
  );
}

export async function saveCredential(tx: Writer, credential: CredentialRecord): Promise<void> {
  const { account, kind, user, version, sealed } = credential;
  const onTaken =
    tx.engine === 'sqlite'
      ? 'ON CONFLICT (account, kind) DO UPDATE SET version = excluded.version, sealed = excluded.sealed'
      : 'ON DUPLICATE KEY UPDATE version = VALUES(version), sealed = VALUES(sealed)';
  await tx.run(
    `INSERT INTO credential (account, kind, user, version, sealed) VALUES (?, ?, ?, ?, ?) ${onTaken}`,
    [account, kind, user, version, sealed],
  );
}

export async function removeCredential(tx: Writer, account: string, kind: CredentialKind): Promise<void> {
  await tx.run('DELETE FROM credential WHERE account = ? AND kind = ?', [account, kind]);
}
