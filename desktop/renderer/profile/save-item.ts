import type { ProfileItem, ProfilePart } from '../../../common/shapes/profile.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { profileServer } from '../session/clients.ts';
import { readProfile, takeItems } from './profile-sync.ts';
import { profileStore } from './profile-store.ts';

export interface ItemChange {
  part: ProfilePart;
  /** Null makes a new one. */
  id: string | null;
  /** Revision of what was on the screen when the person began. */
  base: number | null;
  /** Null removes. */
  value: object | null;
}

/**
 * Makes, changes or removes an item and shows it everywhere. `merged`: somebody else had changed other fields of it. Throws
 * what the server refuses; `conflict` has the item as it is now.
 */
export async function saveItem(change: ItemChange): Promise<{ item: ProfileItem; merged: boolean }> {
  const value = change.value as never;
  const { item, revision, merged } = await profileServer().profile.change.mutate({ ...change, value });
  takeItems({ revision: Math.min(revision, profileStore.get().revision ?? revision), items: [item] });
  await queries.invalidateQueries({ queryKey: ['profile', change.part] });
  return { item, merged };
}

/** After what changed many items at once. */
export async function readAgain(): Promise<void> {
  await readProfile();
  await queries.invalidateQueries({ queryKey: ['profile'] });
}
