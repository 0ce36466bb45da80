import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { ItemValue, ProfileItem, ProfilePart } from '../../common/shapes/profile.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { checkItem, demandRoom, type CheckedChange } from './check-item.ts';
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

const PREFIX: Partial<Record<ProfilePart, string>> = {
  identities: 'idn',
  mailboxes: 'mbx',
  contacts: 'con',
  rules: 'rul',
  labels: 'lab',
};

/** One change by the user; MailError `conflict` with the current item when somebody else was faster. */
export async function changeProfile(
  server: ProfileContext,
  caller: { user: string; session: string },
  change: Change,
): Promise<{ item: ProfileItem; revision: number }> {
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
    if (change.id !== null) await checkBase(server, tx, caller.user, change);
    const isNew = change.id === null;
    const value = await checkValue(tx, caller.user, { part, id, isNew, value: change.value ?? null });
    await putItem(tx, {
      user: caller.user,
      part,
      id,
      revision,
      value: value === null ? null : JSON.stringify(value),
      session: caller.session,
      at: server.clock.now(),
    });
    return { item: { part, id, revision, value }, revision };
  });
  tellUser(server, caller.user);
  return done;
}

/** Throws `conflict` unless `base` is what stands there. */
async function checkBase(
  server: ProfileContext,
  tx: Writer,
  user: string,
  change: Pick<Change, 'part' | 'id' | 'base'>,
): Promise<void> {
  const current = await findItem(tx, user, change.part, change.id ?? '');
  // A preference that is younger than the user has no item yet.
  if (current === undefined && change.part === 'preferences' && change.base === null) return;
  if (current === undefined || (current.value === null && change.base === null)) {
    throw new MailError('not-found', `no ${change.part} item ${change.id}`);
  }
  if (change.base !== null && change.base >= current.edited && current.value !== null) return;
  const [item] = await viewItems(server, tx, user, [current]);
  throw new MailError('conflict', 'the item was changed meanwhile', { current: item });
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
  const prefix = PREFIX[part];
  if (prefix === undefined) {
    throw new MailError('invalid', `${part} cannot be added to`, { field: 'id', reason: 'input' });
  }
  return makeId(prefix, server.random);
}
