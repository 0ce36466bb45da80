import type { Flag } from '../../common/shapes/mail.ts';
import type { Millis } from '../../common/time.ts';
import type { BlobSource } from '../blob/blob-store.ts';
import type { ArchivedAccount, ArchivedMail, ArchivedUidl } from './archive/archive-shapes.ts';

/** What is known of a message that is imported, besides its bytes. */
export interface MailPlace {
  /** Path or role of its mailbox; null: where the import goes by default. */
  mailbox: string | null;
  flags: Flag[];
  labels: string[];
  /** Null: to be read from the message. */
  received: Millis | null;
}

/** One message of an import, not stored yet. Its bytes belong to the taker (`dropMessage`). */
export interface FoundMail {
  /** Where it stood, for people: `Inbox.mbox#17`. */
  name: string;
  source: BlobSource;
  place: MailPlace;
  /** What our own archive says of it; null for all others. */
  archived: Archived | null;
}

/** With the bytes that belong to it; a draft's attachments in their order. */
export interface Archived {
  mail: ArchivedMail;
  others: { account: string | null; source: BlobSource }[];
  attachments: BlobSource[];
}

/** What was not imported, and why: code and reason of common/error-texts. */
export interface Skipped {
  source: string;
  code: string;
  reason: string | null;
}

/**
 * What a reader finds: mails, what it could not take, and of an archive whose accounts the ids in it are, before all
 * mails, and UIDLs of what the user had removed for ever.
 */
export type Finding =
  FoundMail | { skipped: Skipped } | { accounts: ArchivedAccount[] } | { uidls: ArchivedUidl[] };
