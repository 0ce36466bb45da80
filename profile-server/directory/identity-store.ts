import { createHash } from 'node:crypto';
import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** A person as a service outside knows one, and the user that it is here. */
export interface IdentityRecord {
  /** Of issuer and subject, see `nameIdentity`. */
  identity_key: string;
  id: string;
  user: string;
  /** Id of the provider, or `ldap`. */
  provider: string;
  issuer: string;
  subject: string;
  label: string | null;
  created_at: number;
  last_used: number | null;
}

const COLUMNS = 'identity_key, id, user, provider, issuer, subject, label, created_at, last_used';

/** By issuer and subject together and nothing else (OpenID Connect Core 5.7): addresses are given to others one day. */
export function nameIdentity(issuer: string, subject: string): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('base64url');
}

export async function findIdentity(reader: Reader, key: string): Promise<IdentityRecord | undefined> {
  return await reader.get<IdentityRecord>(`SELECT ${COLUMNS} FROM outer_identity WHERE identity_key = ?`, [
    key,
  ]);
}

export async function listIdentities(reader: Reader, user: string): Promise<IdentityRecord[]> {
  return await reader.all<IdentityRecord>(
    `SELECT ${COLUMNS} FROM outer_identity WHERE user = ? ORDER BY created_at, id LIMIT 100`,
    [user],
  );
}

/** False when the identity is somebody's already. */
export async function addIdentity(tx: Writer, identity: IdentityRecord): Promise<boolean> {
  return await addRow(tx, 'outer_identity', COLUMNS, [
    identity.identity_key,
    identity.id,
    identity.user,
    identity.provider,
    identity.issuer,
    // Shown to nobody but who looks into the table; `identity_key` tells all of it from others.
    identity.subject.slice(0, 500),
    identity.label,
    identity.created_at,
    identity.last_used,
  ]);
}

export async function touchIdentity(
  tx: Writer,
  key: string,
  { label, at }: { label: string | null; at: number },
): Promise<void> {
  await tx.run('UPDATE outer_identity SET label = ?, last_used = ? WHERE identity_key = ?', [label, at, key]);
}

/** False when it is not this user's. */
export async function removeIdentity(tx: Writer, user: string, id: string): Promise<boolean> {
  return (await tx.run('DELETE FROM outer_identity WHERE user = ? AND id = ?', [user, id])).changes === 1;
}

/** Name, address and group as the service outside tells them now; null leaves what is there. */
export async function takeFacts(
  tx: Writer,
  user: string,
  facts: { displayName: string | null; email: string | null; group: string | null },
): Promise<void> {
  await tx.run(
    `UPDATE user SET display_name = COALESCE(?, display_name), group_id = COALESCE(?, group_id),
      second_address_proven = CASE WHEN ? IS NULL THEN second_address_proven ELSE 1 END,
      second_address = COALESCE(?, second_address) WHERE id = ?`,
    [facts.displayName, facts.group, facts.email, facts.email, user],
  );
}
