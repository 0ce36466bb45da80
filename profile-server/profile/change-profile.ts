import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { ItemValue, ProfileItem, ProfilePart } from '../../common/shapes/profile.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { demandUnlocked } from '../layer/demand-unlocked.ts';
import { checkItem, demandRoom, type CheckedChange } from './item/check-item.ts';
import { findValueAt } from './history-store.ts';
import { ITEM_PREFIX } from './item/item-prefix.ts';
import { mergeValues } from '../../common/profile/merge-values.ts';
import {
  countItemsOf,
  findItem,
  listItemsOf,
  putItem,
  takeRevision,
  type ItemRecord,
} from './profile-store.ts';
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
    const current = isNew ? undefined : await findCurrent(tx, caller.user, { ...change, id });
    if (current !== undefined) {
      // A lock is said before a conflict that no other try would settle.
      const value = JSON.stringify(change.value ?? null);
      await demandUnlocked(tx, { user: caller.user, part, id, before: current.value, value });
    }
    const check = async (value: ItemValue): Promise<ItemValue> =>
      await checkValue(tx, caller.user, { part, id, isNew, value });
    const checked = await check(change.value ?? null);
    const merged =
      current === undefined || isFresh(current, change.base)
        ? null
        : await mergeChange(server, tx, caller.user, { current, base: change.base, value: checked });
    const value = merged === null ? checked : await check(merged.value);
    await putItem(tx, {
      user: caller.user,
      part,
      id,
      revision,
      value: value === null ? null : JSON.stringify(value),
      session: caller.session,
      at: server.clock.now(),
    });
    return { item: { part, id, revision, value }, revision, merged: merged !== null };
  });
  tellUser(server, caller.user);
  return done;
}

/** What stands there; undefined for a preference that is younger than the user. MailError `not-found`. */
async function findCurrent(
  tx: Writer,
  user: string,
  { part, id, base }: { part: ProfilePart; id: string; base: number | null },
): Promise<ItemRecord | undefined> {
  const current = await findItem(tx, user, part, id);
  if (current === undefined && part === 'preferences' && base === null) return undefined;
  if (current === undefined || (current.value === null && base === null)) {
    throw new MailError('not-found', `no ${part} item ${id}`);
  }
  return current;
}

function isFresh(current: ItemRecord, base: number | null): boolean {
  return base !== null && base >= current.edited && current.value !== null;
}

/** What stands there and a change that began with an older value, in one; `conflict` where both changed the same. */
async function mergeChange(
  server: ProfileContext,
  tx: Writer,
  user: string,
  { current, base, value }: { current: ItemRecord; base: number | null; value: ItemValue },
): Promise<{ value: ItemValue }> {
  const { part, id } = current;
  const seen = base === null ? undefined : await findValueAt(tx, { user, part, id, revision: base });
  const merged =
    seen === undefined
      ? { conflict: [] }
      : mergeValues(readValue(seen.value), readValue(current.value), value);
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
