import type { Reader, Writer } from '../../../server-kit/database/database.ts';

export interface SigningKeyRow {
  kid: string;
  public_jwk: string;
  /** The private JWK under the master key. */
  sealed: Buffer;
  created_at: number;
}

/** Newest first. */
export async function listSigningKeys(reader: Reader): Promise<SigningKeyRow[]> {
  return await reader.all<SigningKeyRow>(
    'SELECT kid, public_jwk, sealed, created_at FROM signing_key ORDER BY created_at DESC, kid LIMIT 100',
  );
}

export async function addSigningKey(tx: Writer, row: SigningKeyRow): Promise<void> {
  await tx.run('INSERT INTO signing_key (kid, public_jwk, sealed, created_at) VALUES (?, ?, ?, ?)', [
    row.kid,
    row.public_jwk,
    row.sealed,
    row.created_at,
  ]);
}
