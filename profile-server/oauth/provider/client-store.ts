import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** A provider as an admin set it. */
export interface ClientRecord {
  provider: string;
  client_id: string;
  /** Sealed with the master key; null for a public client. */
  sealed_secret: Buffer | null;
  /** JSON of ProviderFacts: what differs from the built-in table, or all of an own provider. */
  facts: string;
  changed_at: number;
}

const COLUMNS = 'provider, client_id, sealed_secret, facts, changed_at';

export async function findClient(reader: Reader, provider: string): Promise<ClientRecord | undefined> {
  return await reader.get<ClientRecord>(`SELECT ${COLUMNS} FROM oauth_client WHERE provider = ?`, [provider]);
}

export async function listClientRecords(reader: Reader): Promise<ClientRecord[]> {
  return await reader.all<ClientRecord>(`SELECT ${COLUMNS} FROM oauth_client ORDER BY provider LIMIT 1000`);
}

export async function saveClient(tx: Writer, client: ClientRecord): Promise<void> {
  await removeClientRecord(tx, client.provider);
  await tx.run(`INSERT INTO oauth_client (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`, [
    client.provider,
    client.client_id,
    client.sealed_secret,
    client.facts,
    client.changed_at,
  ]);
}

/** False when there was none. */
export async function removeClientRecord(tx: Writer, provider: string): Promise<boolean> {
  return (await tx.run('DELETE FROM oauth_client WHERE provider = ?', [provider])).changes === 1;
}
