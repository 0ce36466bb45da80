import type { Millis } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { StsPolicy } from './sts-policy.ts';

interface Row {
  policy_id: string;
  mode: StsPolicy['mode'];
  hosts: string;
  fetched_at: Millis;
  expires_at: Millis;
}

/** The policy of a domain that was kept and has not expired. */
export async function readKeptPolicy(
  database: Database,
  domain: string,
  now: Millis,
): Promise<StsPolicy | null> {
  const row = await database.read.get<Row>(
    'SELECT policy_id, mode, hosts, fetched_at, expires_at FROM sts_policy WHERE domain = ? AND expires_at > ?',
    [domain, now],
  );
  if (row === undefined) return null;
  const { policy_id: id, mode, fetched_at: fetchedAt, expires_at: expiresAt } = row;
  return { id, mode, hosts: JSON.parse(row.hosts) as string[], fetchedAt, expiresAt };
}

/** Keeps it in place of the one before; what has expired goes. */
export async function keepPolicy(database: Database, domain: string, policy: StsPolicy): Promise<void> {
  const { id, mode, hosts, fetchedAt, expiresAt } = policy;
  const replace =
    database.engine === 'mysql'
      ? 'ON DUPLICATE KEY UPDATE policy_id = VALUES(policy_id), mode = VALUES(mode), hosts = VALUES(hosts), fetched_at = VALUES(fetched_at), expires_at = VALUES(expires_at)'
      : 'ON CONFLICT (domain) DO UPDATE SET policy_id = excluded.policy_id, mode = excluded.mode, hosts = excluded.hosts, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at';
  await database.write(async (tx) => {
    await tx.run(
      `INSERT INTO sts_policy (domain, policy_id, mode, hosts, fetched_at, expires_at) VALUES (?, ?, ?, ?, ?, ?) ${replace}`,
      [domain, id, mode, JSON.stringify(hosts), fetchedAt, expiresAt],
    );
    await tx.run('DELETE FROM sts_policy WHERE expires_at <= ?', [fetchedAt]);
  });
}
