import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface DomainRecord {
  domain: string;
  /** 0 or 1. */
  everybody: number;
  added_at: number;
}

export async function listDomains(reader: Reader): Promise<DomainRecord[]> {
  return await reader.all<DomainRecord>(
    'SELECT domain, everybody, added_at FROM own_domain ORDER BY domain LIMIT 1000',
  );
}

/** Who may use each domain that is not everybody's, by domain and name. */
export async function listDomainUsers(
  reader: Reader,
): Promise<{ domain: string; id: string; name: string }[]> {
  return await reader.all(
    `SELECT own_domain_user.domain AS domain, user.id AS id, user.name AS name
      FROM own_domain_user JOIN user ON user.id = own_domain_user.user
      ORDER BY own_domain_user.domain, user.name`,
  );
}

/** Whether the domain is listed and this user may send as any address of it. */
export async function mayUseDomain(reader: Reader, user: string, domain: string): Promise<boolean> {
  const row = await reader.get(
    `SELECT own_domain.domain FROM own_domain
      LEFT JOIN own_domain_user ON own_domain_user.domain = own_domain.domain AND own_domain_user.user = ?
      WHERE own_domain.domain = ? AND (own_domain.everybody = 1 OR own_domain_user.user IS NOT NULL)`,
    [user, domain],
  );
  return row !== undefined;
}

/** Lists it anew with exactly these users. */
export async function putDomain(tx: Writer, domain: DomainRecord, users: readonly string[]): Promise<void> {
  await removeDomain(tx, domain.domain);
  await tx.run('INSERT INTO own_domain (domain, everybody, added_at) VALUES (?, ?, ?)', [
    domain.domain,
    domain.everybody,
    domain.added_at,
  ]);
  for (const user of new Set(users)) {
    await tx.run('INSERT INTO own_domain_user (domain, user) VALUES (?, ?)', [domain.domain, user]);
  }
}

/** False when it was not listed. */
export async function removeDomain(tx: Writer, domain: string): Promise<boolean> {
  await tx.run('DELETE FROM own_domain_user WHERE domain = ?', [domain]);
  return (await tx.run('DELETE FROM own_domain WHERE domain = ?', [domain])).changes === 1;
}
