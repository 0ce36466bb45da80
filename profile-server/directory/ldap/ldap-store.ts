import type { Reader, Writer } from '../../../server-kit/database/database.ts';

export interface LdapRecord {
  /** Sealed with the master key. */
  sealed_password: Buffer | null;
  /** JSON of LdapFacts. */
  facts: string;
  changed_at: number;
}

/** There is one directory at most. */
const ID = 'ldap';

export async function findLdapRecord(reader: Reader): Promise<LdapRecord | undefined> {
  return await reader.get<LdapRecord>(
    'SELECT sealed_password, facts, changed_at FROM ldap_directory WHERE id = ?',
    [ID],
  );
}

export async function saveLdapRecord(tx: Writer, record: LdapRecord): Promise<void> {
  await removeLdapRecord(tx);
  await tx.run('INSERT INTO ldap_directory (id, sealed_password, facts, changed_at) VALUES (?, ?, ?, ?)', [
    ID,
    record.sealed_password,
    record.facts,
    record.changed_at,
  ]);
}

/** False when there was none. */
export async function removeLdapRecord(tx: Writer): Promise<boolean> {
  return (await tx.run('DELETE FROM ldap_directory WHERE id = ?', [ID])).changes === 1;
}
