import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface PolicyRecord {
  /** `organisation` or a group's id. */
  place: string;
  revision: number;
  /** JSON of PolicySettings. */
  value: string;
  changed_at: number;
  /** Id of the admin. */
  changed_by: string;
}

const COLUMNS = 'place, revision, value, changed_at, changed_by';

export async function findPolicy(reader: Reader, place: string): Promise<PolicyRecord | undefined> {
  return await reader.get<PolicyRecord>(`SELECT ${COLUMNS} FROM policy WHERE place = ?`, [place]);
}

/** Of the organisation and of the user's group, as far as they say anything. */
export async function listPoliciesOf(reader: Reader, user: string): Promise<{ value: string }[]> {
  return await reader.all<{ value: string }>(
    `SELECT value FROM policy WHERE place = 'organisation'
      OR place = (SELECT group_id FROM user WHERE id = ?) ORDER BY place`,
    [user],
  );
}

/** False when somebody changed it since `base`. */
export async function putPolicy(tx: Writer, policy: PolicyRecord, base: number): Promise<boolean> {
  const { place, revision, value, changed_at, changed_by } = policy;
  if (base > 0) {
    const { changes } = await tx.run(
      'UPDATE policy SET revision = ?, value = ?, changed_at = ?, changed_by = ? WHERE place = ? AND revision = ?',
      [revision, value, changed_at, changed_by, place, base],
    );
    return changes === 1;
  }
  return await addRow(tx, 'policy', COLUMNS, [place, revision, value, changed_at, changed_by]);
}

export async function removePolicy(tx: Writer, place: string): Promise<void> {
  await tx.run('DELETE FROM policy WHERE place = ?', [place]);
}
