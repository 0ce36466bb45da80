import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { CredentialKind } from '../vault/credential-store.ts';

export interface SealedCredential {
  account: string;
  kind: CredentialKind;
  version: number;
  sealed: Buffer;
}

export async function listBackupUsers(read: Reader): Promise<{ id: string; name: string }[]> {
  return await read.all('SELECT id, name FROM user ORDER BY id');
}

/** A provider's tokens live only where they are renewed, and what only its user opens only with his key: they are not backed up. */
export async function listCredentials(read: Reader, user: string): Promise<SealedCredential[]> {
  return await read.all<SealedCredential>(
    `SELECT account, kind, version, sealed FROM credential
      WHERE user = ? AND kind IN ('pop3', 'smtp') AND personal IS NULL`,
    [user],
  );
}

/** As it was sealed; false where the account has one of that kind. */
export async function addSealed(tx: Writer, user: string, one: SealedCredential): Promise<boolean> {
  const known = await tx.get('SELECT account FROM credential WHERE account = ? AND kind = ?', [
    one.account,
    one.kind,
  ]);
  if (known !== undefined) return false;
  await tx.run('INSERT INTO credential (account, kind, user, version, sealed) VALUES (?, ?, ?, ?, ?)', [
    one.account,
    one.kind,
    user,
    one.version,
    one.sealed,
  ]);
  return true;
}
