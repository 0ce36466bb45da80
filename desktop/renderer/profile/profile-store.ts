import type { Account } from '../../../common/shapes/account.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import type { LabelDefinition } from '../../../common/shapes/label.ts';
import type { ItemLayer } from '../../../common/shapes/layer.ts';
import type { MailboxDefinition } from '../../../common/shapes/mailbox.ts';
import type { Preferences, ProfileItem, ProfileItems, ProfilePart } from '../../../common/shapes/profile.ts';
import type { Rule } from '../../../common/shapes/rule.ts';
import { makeStore, useStore } from '../parts/store.ts';
import { forgetWithSession } from '../session/forget.ts';
import { guessLanguage } from '../text/text.ts';

/** An item's value with the item's id. */
export type WithId<Value> = Value & { id: string };

/** The profile as this client knows it; `revision` is that of the last read, null before the first. */
export interface KnownProfile {
  revision: number | null;
  accounts: Account[];
  identities: Identity[];
  mailboxes: MailboxDefinition[];
  /** Revision of their last change since the profile was first read; null: none. */
  mailboxesChanged: number | null;
  /** In the order in which they run. */
  rules: WithId<Rule>[];
  /** By name. */
  labels: WithId<LabelDefinition>[];
  preferences: Preferences;
  /** Revision of each item, by `part/id`: the `base` of the next change. */
  revisions: ReadonlyMap<string, number>;
  /** Where items come from that are not the user's own, by `part/id`. */
  layers: ReadonlyMap<string, ItemLayer>;
}

export function defaultPreferences(): Preferences {
  return {
    language: guessLanguage(),
    theme: 'system',
    density: 'normal',
    timeZone: null,
    undoSeconds: 8,
    keys: true,
    keyMap: {},
    notify: true,
    silent: [],
    paneWidths: null,
    imagesFrom: [],
    showCopies: false,
    trashDays: 30,
    junkDays: 30,
    conversations: false,
    collect: true,
    identity: null,
  };
}

function emptyProfile(): KnownProfile {
  return {
    revision: null,
    accounts: [],
    identities: [],
    mailboxes: [],
    mailboxesChanged: null,
    rules: [],
    labels: [],
    preferences: defaultPreferences(),
    revisions: new Map(),
    layers: new Map(),
  };
}

/** In which order rules run: what the organisation gives before what a group gives. */
const LAYER_RANK = { organisation: 0, group: 1, user: 2 };

export const profileStore = makeStore<KnownProfile>(emptyProfile());
forgetWithSession(() => profileStore.set(emptyProfile()));

export function useProfile(): KnownProfile {
  return useStore(profileStore);
}

export function usePreference<Key extends keyof Preferences>(key: Key): Preferences[Key] {
  return useStore(profileStore).preferences[key];
}

/** Null: the item is the user's own. */
export function useLayer(part: ProfilePart, id: string): ItemLayer | null {
  return useStore(profileStore).layers.get(`${part}/${id}`) ?? null;
}

/** The profile with newer items put in; older ones than those known are passed over. */
export function applyItems(profile: KnownProfile, { revision, items }: ProfileItems): KnownProfile {
  const next: KnownProfile = {
    ...profile,
    revision: Math.max(revision, profile.revision ?? 0),
    preferences: { ...profile.preferences },
    revisions: new Map(profile.revisions),
    layers: new Map(profile.layers),
  };
  const revisions = next.revisions as Map<string, number>;
  const layers = next.layers as Map<string, ItemLayer>;
  for (const item of items) {
    const key = `${item.part}/${item.id}`;
    const known = revisions.get(key) ?? -1;
    if (known > item.revision) continue;
    if (item.part === 'mailboxes' && profile.revision !== null && known < item.revision)
      next.mailboxesChanged = Math.max(next.mailboxesChanged ?? 0, item.revision);
    revisions.set(key, item.revision);
    if (item.layer === undefined) layers.delete(key);
    else layers.set(key, item.layer);
    applyItem(next, item);
  }
  return next;
}

/** By address, as people look for them. */
export function sortAccounts(accounts: readonly Account[]): Account[] {
  return accounts.toSorted((a, b) => a.email.localeCompare(b.email));
}

function applyItem(profile: KnownProfile, { part, id, value }: ProfileItem): void {
  if (part === 'accounts')
    profile.accounts = sortAccounts(replaceById(profile.accounts, id, value as Account | null));
  if (part === 'identities')
    profile.identities = replaceById(profile.identities, id, value as Identity | null);
  if (part === 'mailboxes') {
    profile.mailboxes = replaceById(profile.mailboxes, id, value as MailboxDefinition | null);
  }
  if (part === 'rules') {
    const rules = replaceById(profile.rules, id, withId(id, value as Rule | null));
    const rank = (one: { id: string }): number =>
      LAYER_RANK[profile.layers.get(`rules/${one.id}`)?.of ?? 'user'];
    profile.rules = rules.toSorted(
      (a, b) => rank(a) - rank(b) || a.position - b.position || a.id.localeCompare(b.id),
    );
  }
  if (part === 'labels') {
    const labels = replaceById(profile.labels, id, withId(id, value as LabelDefinition | null));
    profile.labels = labels.toSorted((a, b) => a.name.localeCompare(b.name));
  }
  if (part === 'preferences' && value !== null && value !== undefined) {
    profile.preferences = { ...profile.preferences, [id]: value };
  }
}

function withId<Value>(id: string, value: Value | null): WithId<Value> | null {
  return value === null ? null : { ...value, id };
}

function replaceById<T extends { id: string }>(list: readonly T[], id: string, value: T | null): T[] {
  const found = list.some((item) => item.id === id);
  if (value === null) return list.filter((item) => item.id !== id);
  return found ? list.map((item) => (item.id === id ? value : item)) : [...list, value];
}
