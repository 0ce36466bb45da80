import type { DkimAlgorithm } from '../../common/shapes/dkim.ts';
import type { Millis } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface DkimRow {
  domain: string;
  selector: string;
  algorithm: DkimAlgorithm;
  /** As it stands in `p=`. */
  public_key: string;
  /** PEM, sealed. */
  private_key: Uint8Array;
  made_at: Millis;
}

/** By domain, oldest first; of all domains when `domain` is null. */
export async function listKeys(reader: Reader, domain: string | null): Promise<DkimRow[]> {
  const which = domain === null ? '' : 'WHERE domain = ?';
  return await reader.all<DkimRow>(
    `SELECT domain, selector, algorithm, public_key, private_key, made_at FROM dkim_key ${which}
      ORDER BY domain, made_at, selector LIMIT 5000`,
    domain === null ? [] : [domain],
  );
}

export async function insertKey(tx: Writer, row: DkimRow): Promise<void> {
  await tx.run(
    'INSERT INTO dkim_key (domain, selector, algorithm, public_key, private_key, made_at) VALUES (?, ?, ?, ?, ?, ?)',
    [row.domain, row.selector, row.algorithm, row.public_key, row.private_key, row.made_at],
  );
}

/** False when there was none. */
export async function deleteKey(tx: Writer, domain: string, selector: string): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM dkim_key WHERE domain = ? AND selector = ?', [
    domain,
    selector,
  ]);
  return changes === 1;
}
