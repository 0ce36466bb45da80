import type { Account } from '../../common/shapes/account.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { LabelDefinition } from '../../common/shapes/label.ts';
import type { MailboxDefinition, MailboxRole } from '../../common/shapes/mailbox.ts';
import type { Language } from '../../common/shapes/profile.ts';
import type { Rule } from '../../common/shapes/rule.ts';

/** A mailbox as the profile defines it, with its path of names joined by `/`. */
export interface KnownMailbox extends MailboxDefinition {
  path: string;
}

/** What this server needs of a user's profile, as it stood at `revision`. */
export interface UserProfile {
  revision: number;
  mailboxes: KnownMailbox[];
  accounts: Account[];
  identities: Identity[];
  /** Preference: the same mail through two accounts is two rows. */
  showCopies: boolean;
  /** By position. */
  rules: (Rule & { id: string })[];
  labels: LabelDefinition[];
  /** Preferences: days until what lies in Trash or Junk is removed; null: never. */
  trashDays: number | null;
  junkDays: number | null;
  /** Preference; null when there is none. */
  language: Language | null;
  /** Bytes of mail by the organisation's policy; null: it sets no limit. */
  quotaBytes: number | null;
  /** Preference; null: whatever the PC's is. */
  timeZone: string | null;
}

/** What every poll needs to know of its user; kept for far more users than whole profiles are. */
export interface PollFacts extends Pick<UserProfile, 'revision' | 'showCopies' | 'language' | 'quotaBytes'> {
  /** Id of the mailbox with that role; null when there is none. */
  inbox: string | null;
  /** Whether any rule is switched on. */
  hasRules: boolean;
}

/** The profiles of the users whose home this server is. */
export interface Home {
  /**
   * From the cache as long as nothing has changed; MailError of the profile-server when it must be asked and refuses.
   * `atLeast`: a revision that the caller knows of, maybe before this server does.
   */
  readProfile(user: string, atLeast?: number): Promise<UserProfile>;
  /** As `readProfile`, for polls. */
  readPollFacts(user: string): Promise<PollFacts>;
  /** By role, id or path; MailError `not-found` reason `mailbox`. */
  findMailbox(user: string, name: MailboxRole | (string & {})): Promise<KnownMailbox>;
  /** Calls back with each user whose profile changed; returns how to end that. */
  onChanged(listener: (user: string) => void): () => void;
  stop(): Promise<void>;
}
