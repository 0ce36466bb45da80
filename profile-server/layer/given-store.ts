import type { ProfilePart } from '../../common/shapes/profile.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { LAYER_SESSION } from './layer-session.ts';

/** Whether an item came from a layer that has taken it away again: nobody else brings it back. */
export async function isWithdrawn(
  reader: Reader,
  user: string,
  part: ProfilePart,
  id: string,
): Promise<boolean> {
  const row = await reader.get<{ given: number; copies: number }>(
    `SELECT (SELECT COUNT(*) FROM profile_history WHERE user = ? AND part = ? AND id = ?
        AND value_before IS NULL AND session = ?) AS given,
      (SELECT COUNT(*) FROM layer_copy WHERE user = ? AND part = ? AND id = ?) AS copies`,
    [user, part, id, LAYER_SESSION, user, part, id],
  );
  return row !== undefined && row.given > 0 && row.copies === 0;
}
