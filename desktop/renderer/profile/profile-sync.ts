import type { Preferences, ProfileItem, ProfileItems } from '../../../common/shapes/profile.ts';
import { SMALL_PARTS } from '../../../common/shapes/small-parts.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { toProblem } from '../session/problem.ts';
import { profileServer } from '../session/clients.ts';
import { forgetWithSession } from '../session/forget.ts';
import { shareNext } from '../session/share-next.ts';
import { readSession } from '../session/tokens.ts';
import { languageStore } from '../text/text.ts';
import { applyItems, profileStore } from './profile-store.ts';

export function takeItems(items: ProfileItems): void {
  const before = profileStore.get();
  profileStore.change((profile) => applyItems(profile, items));
  // The storage-server counts what is in them, and lists them.
  if (profileStore.get().mailboxesChanged !== before.mailboxesChanged)
    void queries.invalidateQueries({ queryKey: ['mailboxes'] });
  languageStore.set(profileStore.get().preferences.language);
}

/** Reads what changed since the last read; everything the first time. */
export const readProfile = shareNext(async () => {
  const since = profileStore.get().revision;
  const parts = [...SMALL_PARTS];
  takeItems(await profileServer().profile.read.query(since === null ? { parts } : { parts, since }));
  // Whoever shows the address book or another large part reads what changed of it.
  void queries.invalidateQueries({ queryKey: ['profile'] });
});

/** Milliseconds between two tries to read what the stream told of. */
const PAUSE = { first: 1000, most: 30_000 };

/** News of a revision, from the stream: read it unless it is known already, again until it succeeds or `isOver`. */
export async function followProfile(revision: number, isOver: () => boolean): Promise<void> {
  for (let pause = PAUSE.first; !isOver(); pause = Math.min(PAUSE.most, pause * 2)) {
    if (revision <= (profileStore.get().revision ?? -1)) return;
    try {
      return await readProfile();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * Sets one preference: at once on this screen, then on the server. A change made elsewhere meanwhile loses to the
 * person who is at the keyboard: the call is repeated on top of it. Throws what the server refuses, after rolling back.
 */
export async function setPreference<Key extends keyof Preferences>(
  key: Key,
  value: Preferences[Key],
): Promise<void> {
  const session = readSession();
  const before = profileStore.get();
  // What the server is known to have; behind another change that is under way it is not what is shown.
  const change = changing.get(key) ?? { old: before.preferences[key], count: 0 };
  change.count += 1;
  changing.set(key, change);
  putPreference(key, value);
  try {
    let base = before.revisions.get(`preferences/${key}`) ?? null;
    for (let tries = 0; ; tries += 1) {
      try {
        const { item, revision } = await profileServer().profile.change.mutate({
          part: 'preferences',
          id: key,
          base,
          value,
        });
        takeItems({ revision: Math.min(revision, profileStore.get().revision ?? revision), items: [item] });
        change.old = profileStore.get().preferences[key];
        return;
      } catch (error) {
        const problem = toProblem(error);
        const current = problem.current as ProfileItem | undefined;
        if (problem.code !== 'conflict' || tries > 2 || current === undefined) throw error;
        base = current.revision;
      }
    }
  } catch (error) {
    // Another value was chosen or heard of since. After a sign-out it would be put into the profile of whoever comes next.
    const isShown = profileStore.get().preferences[key] === value;
    if (isShown && !session.aborted) putPreference(key, change.old as Preferences[Key]);
    throw error;
  } finally {
    change.count -= 1;
    if (change.count === 0 && changing.get(key) === change) changing.delete(key);
  }
}

/** Preferences that are being changed, each with its value before. */
const changing = new Map<keyof Preferences, { old: Preferences[keyof Preferences]; count: number }>();
forgetWithSession(() => changing.clear());

function putPreference<Key extends keyof Preferences>(key: Key, value: Preferences[Key]): void {
  profileStore.change((profile) => ({ ...profile, preferences: { ...profile.preferences, [key]: value } }));
  languageStore.set(profileStore.get().preferences.language);
}
