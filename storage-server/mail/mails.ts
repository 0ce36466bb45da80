import type { Readable } from 'node:stream';
import type { MailError } from '../../common/errors.ts';
import type { Flag, MailPage, MailPart, MailRow, MailView } from '../../common/shapes/mail.ts';
import type { Mailbox } from '../../common/shapes/mailbox.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { MailChange } from './mail-state.ts';

/** One page of a list, the newest first; `after` is the cursor that the page before gave. */
export interface PageQuery {
  /** Role, id or path; null: with a label all mailboxes but Trash and Junk, else the Inbox. */
  mailbox: string | null;
  account: string | null;
  /** Name. */
  label?: string | null;
  unread?: boolean;
  /** Of each conversation only its newest mail in the list, with `thread`. `total` and `unread` count mails all the same. */
  conversations?: boolean;
  limit: number;
  after: string | null;
}

/** What happened to a user's mails since a modseq; `removed` are ids. */
export interface MailChanges {
  modseq: number;
  mails: MailRow[];
  removed: string[];
  mailboxes: Mailbox[];
  /** False: too much changed, or too long ago: read afresh. */
  complete: boolean;
}

/** Bytes that can be read in part: `size` of all of it, `open` from `start` up to and without `end`. */
export interface MailBytes {
  size: number;
  /** Quoted entity tag (RFC 9110 8.8.3). */
  etag: string;
  open(start: number, end: number): Readable;
}

/** One part of a mail, its bytes decoded from the transfer encoding. */
export interface PartBytes extends MailBytes {
  part: MailPart;
}

/** What users and the other folders of this server do with mails. Ids that are not the user's: MailError `not-found`. */
export interface Mails extends Ingest {
  readPage(user: string, query: PageQuery): Promise<MailPage>;
  /** By the id of a conversation or of one of its mails; out of all mailboxes, the oldest first. */
  showThread(user: string, id: string): Promise<MailRow[]>;
  /** Without `status`, which sending knows. */
  show(user: string, id: string): Promise<MailView & { sendKey: string | null }>;
  /** The rows of these mails, in the order asked for; unknown ones are left out. */
  readRows(user: string, ids: readonly string[]): Promise<MailRow[]>;
  flag(
    user: string,
    ids: readonly string[],
    add: readonly Flag[],
    remove: readonly Flag[],
    alongside?: (tx: Writer) => Promise<void>,
  ): Promise<number>;
  /** `to` is a role, id or path. */
  move(
    user: string,
    ids: readonly string[],
    to: string,
    alongside?: (tx: Writer) => Promise<void>,
  ): Promise<number>;
  /** For ever; only out of Trash, Junk and Drafts, else `forbidden`. */
  remove(user: string, ids: readonly string[], alongside?: (tx: Writer) => Promise<void>): Promise<number>;
  /**
   * Raises the modseq of mails about which something changed that their rows do not hold, such as a send status; what
   * `alongside` answers changes in their rows too.
   */
  touch(
    user: string,
    ids: readonly string[],
    alongside?: (tx: Writer) => Promise<MailChange | void>,
  ): Promise<void>;
  /** The same inside `alongside` of another change of the user's mails; what is gone is passed over. */
  touchWithin(tx: Writer, user: string, ids: readonly string[], change: MailChange): Promise<void>;
  readChanges(user: string, since: number): Promise<MailChanges>;
  readModseq(user: string): Promise<number>;
  /** The exact bytes received; `account` chooses among the originals of a mail that came through several. */
  openRaw(user: string, id: string, account: string | null): Promise<MailBytes>;
  /**
   * Reads back from the disk what is stored of these mails as their accounts brought them: true where header and body
   * have the bytes and sizes that their rows say. False also for what is not there.
   */
  verify(user: string, originals: readonly { mail: string; account: string }[]): Promise<boolean[]>;
  /** MailError `quota` where so many bytes more would be too many for the user. */
  demandRoom(user: string, bytes: number): Promise<void>;
  /** What of this the user has room for, in its order; `full`: why not for all. */
  takeWhatFits<T>(
    user: string,
    waiting: readonly T[],
    sizeOf: (one: T) => number,
  ): Promise<{ fitting: readonly T[]; full: MailError | null }>;
  /** A part, decoded from its transfer encoding. */
  openPart(user: string, id: string, part: string): Promise<PartBytes>;
}
