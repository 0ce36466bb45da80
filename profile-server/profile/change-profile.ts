import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { ItemValue, ProfileItem, ProfilePart } from '../../common/shapes/profile.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { checkItem, demandRoom, type CheckedChange } from './check-item.ts';
import { findValueAt } from './history-store.ts';
import { ITEM_PREFIX } from './item-prefix.ts';
import { mergeValues } from './merge-values.ts';
import { countItemsOf, findItem, listItemsOf, putItem, takeRevision } from './profile-store.ts';
import { viewItems } from './read-profile.ts';
import { tellUser } from './tell-user.ts';

export interface Change {
  part: ProfilePart;
  /** Null makes a new item. */
  id: string | null;
  /** Revision of the item that the client saw; null when it saw none. */
  base: number | null;
  /** Null removes. */
  value: unknown;
}

/**
 * One change by the user. Where somebody else was faster the two are brought together field by field; MailError
 * `conflict` with the current item and the names of the fields where that cannot be.
 */
export async function changeProfile(
  server: ProfileContext,
  caller: { user: string; session: string },
  change: Change,
): Promise<{ item: ProfileItem; revision: number; merged: boolean }> {
  const { part } = change;
  if (part === 'accounts') {
    throw new MailError('invalid', 'accounts are changed by account.edit', {
      field: 'part',
      reason: 'input',
    });
  }
  const done = await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, caller.user);
    const id = change.id ?? makeNewId(server, part);
    const isNew = change.id === null;
    const checked = await checkValue(tx, caller.user, { part, id, isNew, value: change.value ?? null });
    const settled = isNew
      ? null
      : await settleBase(server, tx, caller.user, { ...change, id, value: checked });
    const value =
      settled === null
        ? checked
        : await checkValue(tx, caller.user, { part, id, isNew, value: settled.value });
    await putItem(tx, {
      user: caller.user,
      part,
      id,
      revision,
      value: value === null ? null : JSON.stringify(value),
      session: caller.session,
      at: server.clock.now(),
    });
    return { item: { part, id, revision, value }, revision, merged: settled !== null };
  });
  tellUser(server, caller.user);
  return done;
}

/**
 * Null where `base` is what stands there; where it is older, both changes in one value. Throws `conflict` where both
 * changed the same.
 */
async function settleBase(
  server: ProfileContext,
  tx: Writer,
  user: string,
  change: { part: ProfilePart; id: string; base: number | null; value: ItemValue },
): Promise<{ value: ItemValue } | null> {
  const { part, id, base } = change;
  const current = await findItem(tx, user, part, id);
  // A preference that is younger than the user has no item yet.
  if (current === undefined && part === 'preferences' && base === null) return null;
  if (current === undefined || (current.value === null && base === null)) {
    throw new MailError('not-found', `no ${part} item ${id}`);
  }
  if (base !== null && base >= current.edited && current.value !== null) return null;
  const seen = base === null ? undefined : await findValueAt(tx, { user, part, id, revision: base });
  const merged =
    seen === undefined
      ? { conflict: [] }
      : mergeValues(readValue(seen.value), readValue(current.value), change.value);
  if ('value' in merged) return merged;
  const [item] = await viewItems(server, tx, user, [current]);
  const params = { fields: merged.conflict.join(' ') };
  throw new MailError('conflict', 'the item was changed meanwhile', { current: item, params });
}

function readValue(value: string | null): ItemValue {
  return JSON.parse(value ?? 'null') as ItemValue;
}

async function checkValue(tx: Writer, user: string, change: CheckedChange): Promise<ItemValue> {
  // Contacts are many, and none has to do with another.
  if (change.part === 'contacts') {
    if (change.isNew) demandRoom('contacts', await countItemsOf(tx, user, 'contacts'));
    return checkItem(change, [], []);
  }
  const siblings = change.part === 'preferences' ? [] : await listItemsOf(tx, user, change.part);
  const accounts = change.part === 'identities' ? await listItemsOf(tx, user, 'accounts') : [];
  return checkItem(change, siblings, accounts);
}

function makeNewId(server: ProfileContext, part: ProfilePart): string {
  const prefix = ITEM_PREFIX[part];
  if (prefix === undefined) {
    throw new MailError('invalid', `${part} cannot be added to`, { field: 'id', reason: 'input' });
  }
  return makeId(prefix, server.random);
}
