import { MailError } from '../../common/errors.ts';
import { isSame } from '../../common/profile/merge-values.ts';
import type { ItemLayer } from '../../common/shapes/layer.ts';
import { ORGANISATION } from '../../common/shapes/layer.ts';
import type { ProfilePart } from '../../common/shapes/profile.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { findCopy, listCopies, type CopyRecord } from './copy-store.ts';

/**
 * MailError `forbidden`, reason `locked`, with the admin's words where a layer's item is not for its user to change.
 * Values are JSON, null for none.
 */
export async function demandUnlocked(
  reader: Reader,
  change: { user: string; part: ProfilePart; id: string; before: string | null; value: string | null },
): Promise<void> {
  const { user, part, id, before, value } = change;
  const copy = await findCopy(reader, user, part, id);
  if (copy === undefined || copy.locked === null) return;
  if (isSame(JSON.parse(before ?? 'null'), JSON.parse(value ?? 'null'))) return;
  throw new MailError('forbidden', 'the item is locked by an admin', {
    reason: 'locked',
    params: { why: copy.locked },
  });
}

/** Where a user's items come from, by `PART/ID`; his own are not in it. */
export async function readOrigins(reader: Reader, user: string): Promise<Map<string, ItemLayer>> {
  const copies = await listCopies(reader, user);
  return new Map(copies.map((copy) => [`${copy.part}/${copy.id}`, describeOrigin(copy)]));
}

function describeOrigin({ place, name, locked }: CopyRecord): ItemLayer {
  return { of: place === ORGANISATION ? 'organisation' : 'group', name, locked };
}
