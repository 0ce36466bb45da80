import type { Reader, Writer } from '../../../../server-kit/database/database.ts';

export interface ProviderRecord {
  id: string;
  issuer: string;
  client_id: string;
  /** Sealed with the master key; null for a public client. */
  sealed_secret: Buffer | null;
  /** JSON of ProviderFacts. */
  facts: string;
  changed_at: number;
}

const COLUMNS = 'id, issuer, client_id, sealed_secret, facts, changed_at';

export async function findProvider(reader: Reader, id: string): Promise<ProviderRecord | undefined> {
  return await reader.get<ProviderRecord>(`SELECT ${COLUMNS} FROM oidc_provider WHERE id = ?`, [id]);
}

export async function listProviderRecords(reader: Reader): Promise<ProviderRecord[]> {
  return await reader.all<ProviderRecord>(`SELECT ${COLUMNS} FROM oidc_provider ORDER BY id LIMIT 100`);
}

export async function saveProvider(tx: Writer, provider: ProviderRecord): Promise<void> {
  await removeProviderRecord(tx, provider.id);
  await tx.run(`INSERT INTO oidc_provider (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`, [
    provider.id,
    provider.issuer,
    provider.client_id,
    provider.sealed_secret,
    provider.facts,
    provider.changed_at,
  ]);
}

/** False when there was none. */
export async function removeProviderRecord(tx: Writer, id: string): Promise<boolean> {
  return (await tx.run('DELETE FROM oidc_provider WHERE id = ?', [id])).changes === 1;
}
