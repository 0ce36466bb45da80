import type { ProfileItem, ProfileItems, ProfilePart } from '../../common/shapes/profile.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { composeAccount, type StoredAccount } from '../account/account-state.ts';
import { readStored } from '../account/account-store.ts';
import { listPolls } from '../schedule/poll-store.ts';
import type { ProfileContext } from '../context.ts';
import { readOrigins } from '../layer/demand-unlocked.ts';
import { listItems, readRevision, type ItemRecord } from './profile-store.ts';

export interface WhichItems {
  since?: number | undefined;
  parts?: readonly ProfilePart[] | undefined;
}

/**
 * The profile, whole or what changed after a revision. The revision is read first: what changes
 * between the two reads comes now and once more with the next call, never not at all.
 */
export async function readProfile(
  server: ProfileContext,
  user: string,
  which: WhichItems,
): Promise<ProfileItems> {
  const { db } = server;
  const revision = await readRevision(db.read, user);
  // A number above ours comes from before a restore: everything is told again.
  const since = which.since === undefined || which.since > revision ? null : which.since;
  const wanted = await listItems(db.read, user, since, which.parts ?? null);
  return { revision, items: await viewItems(server, db.read, user, wanted) };
}

/** Items as they travel; an account's value is composed with the state of its polling. */
export async function viewItems(
  server: ProfileContext,
  reader: Reader,
  user: string,
  records: readonly ItemRecord[],
): Promise<ProfileItem[]> {
  const hasAccounts = records.some((record) => record.part === 'accounts' && record.value !== null);
  const polls = hasAccounts ? await listPolls(reader, user) : [];
  const origins = records.length === 0 ? null : await readOrigins(reader, user);
  return records.map(({ part, id, revision, value }) => {
    if (value === null) return { part, id, revision, value: null };
    const layer = origins?.get(`${part}/${id}`);
    const item = { part, id, revision, ...(layer === undefined ? {} : { layer }) };
    if (part !== 'accounts') return { ...item, value: JSON.parse(value) as ProfileItem['value'] };
    const poll = polls.find((candidate) => candidate.account === id) ?? null;
    const account: StoredAccount = { id, ...readStored(value) };
    return { ...item, value: composeAccount(account, poll, server.clock.now()) };
  });
}
