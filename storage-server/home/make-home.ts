import { MailError } from '../../common/errors.ts';
import type { Account } from '../../common/shapes/account.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { LabelDefinition } from '../../common/shapes/label.ts';
import type { MailboxDefinition } from '../../common/shapes/mailbox.ts';
import { LANGUAGES, type ProfileItems, type ProfilePart } from '../../common/shapes/profile.ts';
import type { Rule } from '../../common/shapes/rule.ts';
import { SECOND } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { pauseUpTo, repeat } from '../../server-kit/repeat.ts';
import { CALL_LIMIT, readAnswer } from '../../server-kit/service-client.ts';
import type { Home, KnownMailbox, PollFacts, UserProfile } from './home.ts';
import type { ProfileClient } from './profile-client.ts';

const PARTS: ProfilePart[] = ['mailboxes', 'accounts', 'identities', 'preferences', 'rules', 'labels'];
/** Profiles kept in memory, and the little that polls need. */
const MOST_KEPT = 5000;
const MOST_FACTS = 200_000;
const DEFAULT_DAYS = 30;
const LONGEST_PAUSE = 3 * SECOND;

/** Keeps profiles by revision; a waiting call says which users' profiles changed. */
export function makeHome(core: { profile: ProfileClient; log: Logger }): Home {
  const kept = new Map<string, UserProfile>();
  const facts = new Map<string, PollFacts>();
  /** Revisions that the profile-server has told of. */
  const newest = new Map<string, number>();
  const loading = new Map<string, Promise<UserProfile>>();
  const listeners = new Set<(user: string) => void>();
  const stopping = new AbortController();

  const fetchProfile = async (user: string): Promise<UserProfile> => {
    const call = core.profile.profile.read.query(
      { user, parts: PARTS },
      { signal: AbortSignal.timeout(CALL_LIMIT) },
    );
    const profile = readItems(await readAnswer(call));
    keep(kept, user, profile, MOST_KEPT);
    keep(facts, user, readFacts(profile), MOST_FACTS);
    return profile;
  };
  const load = async (user: string): Promise<UserProfile> => {
    const under = loading.get(user);
    if (under !== undefined) return await under;
    const mine = fetchProfile(user).finally(() => loading.delete(user));
    loading.set(user, mine);
    return await mine;
  };
  const readProfile = async (user: string, atLeast = 0): Promise<UserProfile> => {
    const wanted = Math.max(atLeast, newest.get(user) ?? 0);
    const known = kept.get(user);
    if (known !== undefined && known.revision >= wanted) return known;
    const isUnderWay = loading.has(user);
    const loaded = await load(user);
    // One that was under way may have been answered before the change.
    return isUnderWay && loaded.revision < wanted ? await load(user) : loaded;
  };
  const learn = (users: readonly { id: string; revision: number }[]): void => {
    for (const { id, revision } of users) {
      // A smaller number comes from a profile-server that was restored from a backup.
      if (revision < (newest.get(id) ?? 0)) {
        kept.delete(id);
        facts.delete(id);
      }
      newest.set(id, revision);
      for (const listener of listeners) listener(id);
    }
  };
  const following = followChanges(core, stopping.signal, learn);

  return {
    readProfile,
    readPollFacts: async (user) => {
      const known = facts.get(user);
      if (known !== undefined && known.revision >= (newest.get(user) ?? 0)) return known;
      return readFacts(await readProfile(user));
    },
    findMailbox: async (user, name) => {
      const { mailboxes } = await readProfile(user);
      // What was made a moment ago may be known to the caller before it is known here.
      const found = find(mailboxes, name) ?? find((await load(user)).mailboxes, name);
      if (found === undefined) throw new MailError('not-found', 'no such mailbox', { reason: 'mailbox' });
      return found;
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}

/** The one that was kept first goes when there are too many. */
function keep<T>(map: Map<string, T>, user: string, value: T, most: number): void {
  map.delete(user);
  map.set(user, value);
  if (map.size <= most) return;
  for (const first of map.keys()) return void map.delete(first);
}

function find(mailboxes: readonly KnownMailbox[], name: string): KnownMailbox | undefined {
  return (
    mailboxes.find(({ role }) => role === name) ??
    mailboxes.find(({ id }) => id === name) ??
    mailboxes.find(({ path }) => path === name)
  );
}

function readFacts({ revision, mailboxes, showCopies, language, rules, quotaBytes }: UserProfile): PollFacts {
  const inbox = find(mailboxes, 'inbox')?.id ?? null;
  return {
    revision,
    inbox,
    showCopies,
    language,
    quotaBytes,
    hasRules: rules.some(({ enabled }) => enabled),
  };
}

function readItems({ revision, items, quotaBytes }: ProfileItems): UserProfile {
  const valuesOf = (part: ProfilePart): unknown[] =>
    items.filter((item) => item.part === part && item.value !== null).map((item) => item.value);
  const definitions = valuesOf('mailboxes') as MailboxDefinition[];
  const preference = (name: string): unknown =>
    items.find(({ part, id }) => part === 'preferences' && id === name)?.value;
  return {
    revision,
    mailboxes: definitions.map((one) => ({ ...one, path: makePath(one, definitions) })),
    accounts: valuesOf('accounts') as Account[],
    identities: valuesOf('identities') as Identity[],
    rules: readRules(items),
    labels: valuesOf('labels') as LabelDefinition[],
    showCopies: preference('showCopies') === true,
    trashDays: readDays(preference('trashDays')),
    junkDays: readDays(preference('junkDays')),
    language: LANGUAGES.find((language) => language === preference('language')) ?? null,
    quotaBytes: quotaBytes ?? null,
    timeZone: (preference('timeZone') as string | null | undefined) ?? null,
  };
}

/** A user from before the preference has none. */
function readDays(value: unknown): number | null {
  return value === undefined ? DEFAULT_DAYS : (value as number | null);
}

/** What the organisation gives runs first, then what a group gives: whatever a user says of his own. */
const LAYER_RANK = { organisation: 0, group: 1, user: 2 };

function readRules(items: ProfileItems['items']): UserProfile['rules'] {
  return items
    .filter(({ part, value }) => part === 'rules' && value !== null)
    .map(({ id, value, layer }) => ({
      rule: { ...(value as Rule), id },
      rank: LAYER_RANK[layer?.of ?? 'user'],
    }))
    .toSorted(
      (a, b) => a.rank - b.rank || a.rule.position - b.rule.position || a.rule.id.localeCompare(b.rule.id),
    )
    .map(({ rule }) => rule);
}

/** Names from the top, joined by `/`; a circle of parents ends where it would begin again. */
function makePath(mailbox: MailboxDefinition, all: readonly MailboxDefinition[]): string {
  const names: string[] = [];
  const seen = new Set<string>();
  for (let one: MailboxDefinition | undefined = mailbox; one !== undefined && !seen.has(one.id);) {
    names.unshift(one.name);
    seen.add(one.id);
    const { parent }: MailboxDefinition = one;
    one = all.find(({ id }) => id === parent);
  }
  return names.join('/');
}

async function followChanges(
  core: { profile: ProfileClient; log: Logger },
  signal: AbortSignal,
  learn: (users: readonly { id: string; revision: number }[]) => void,
): Promise<void> {
  let since = 0;
  const onFailure = { log: core.log, event: 'home.changes-unknown', pause: pauseUpTo(LONGEST_PAUSE) };
  await repeat(signal, onFailure, async () => {
    const { seq, users } = await core.profile.profile.changed.query({ since, wait: true }, { signal });
    since = seq;
    learn(users);
  });
}
