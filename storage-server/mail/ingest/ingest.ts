import type { Millis } from '../../../common/time.ts';
import type { Flag } from '../../../common/shapes/mail.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { BlobSource } from '../../blob/blob-store.ts';

/** One message on its way into the store. */
export interface IncomingMail {
  /** The account it was retrieved from; null: written here. */
  account: string | null;
  /** Id of the mailbox it is filed into. */
  mailbox: string;
  source: BlobSource;
  received: Millis;
  flags: Flag[];
  /** Names. */
  labels?: readonly string[];
  /** Key of the sending that this mail is the copy of. */
  sendKey: string | null;
  adopt?: Adopt;
  /** Id of a mail of ours that this is the account's copy of: kept as another original of it. */
  copyOf?: string;
  /** Message-IDs of mails whose conversation it belongs to, beside those that its header names. */
  references?: readonly string[];
  /** The same mail through another account stays a row of its own. */
  apart?: true;
  imported?: ImportedMail;
}

/** What an import knows better than the message itself. */
export interface ImportedMail {
  /** Asked inside the transaction with the blob ids of its bytes: the mail that it is already; null for a new row. */
  findKnown(tx: Writer, bytes: { header: string; body: string }): Promise<string | null>;
  /** Its thread, where `found` is the one that its Message-IDs belong to (null: none) and `own` one of its own. */
  chooseThread(found: number | null, own: number): number;
  /** Null: as the message says. */
  date: Millis | null;
  /** The same mail as other accounts brought it. */
  others: readonly { account: string; source: BlobSource }[];
}

/**
 * Asked inside the transaction with the mails of the same account that have exactly the same bytes (oldest first) and
 * with the blob ids of those bytes: which mail this message is, so that nothing is added; null for a new row. For
 * maildrops whose UIDLs were renumbered. The mail need not exist any more.
 */
export type Adopt = (
  tx: Writer,
  candidates: string[],
  bytes: { header: string; body: string },
) => Promise<string | null>;

export interface IngestedMail {
  mailId: string;
  /** False: an existing row took it in (the same mail through another account, or `adopt`). */
  added: boolean;
}

/** Runs in the transaction of the rows, after them: ledgers and states that must be committed with the mail. */
export type Alongside = (tx: Writer, mails: IngestedMail[]) => Promise<void>;

export interface Ingest {
  /**
   * Blobs durable first, then one transaction with rows, threads, counters, modseq and `alongside`; then the event.
   * When it resolves, everything is synced. MailError `disk-full`: nothing was added. Batches of about 200 are best.
   */
  ingestMails(user: string, mails: IncomingMail[], alongside?: Alongside): Promise<IngestedMail[]>;
  /**
   * New content for a mail of ours (a draft saved again); flags null: as they are. With `mailbox` (an id) it is
   * moved there in the same transaction (a draft that is sent). MailError `not-found`.
   */
  replaceMail(
    user: string,
    mailId: string,
    mail: {
      source: BlobSource;
      received: Millis;
      flags: Flag[] | null;
      sendKey: string | null;
      mailbox?: string;
    },
    alongside?: (tx: Writer) => Promise<void>,
  ): Promise<void>;
}
