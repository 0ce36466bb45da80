import type { Plan } from '../query/plan-query.ts';
import type { MailText } from '../text/read-mail-text.ts';

/** What a mail's row says, beside its words. `modseq` tells which of two reports is the newer. */
export interface IndexedRow {
  mail: number;
  modseq: number;
  date: number;
  size: number;
  flags: number;
  attachments: number;
  mailbox: string;
  /** Ids joined by commas. */
  accounts: string;
  /** Ids of its blobs: while they are the same, so are its words. */
  header: string;
  body: string;
}

/** Up to which change of the user's mails everything is indexed: rows up to (modseq, mail), removals up to `removed`. */
export interface IndexState {
  modseq: number;
  mail: number;
  removed: number;
}

export interface Found {
  /** Place in the order of dates, from which a later page goes on. */
  id: number;
  mail: number;
}

/** One user's index: derived from his mails, and made anew from them when it is lost. Synchronous: for a thread of its own. */
export interface SearchIndex {
  readState(): IndexState;
  /** The rows of these mails as they are indexed; unknown ones are left out. */
  readRows(mails: readonly number[]): IndexedRow[];
  /**
   * Everything of one call is there after it, or nothing. `text` null: its words are known. What is older than what is
   * known of a mail changes nothing. `state` only where all before it is done.
   */
  save(change: {
    rows: readonly { row: IndexedRow; text: MailText | null }[];
    removed: readonly number[];
    state: IndexState | null;
  }): void;
  /** Newest first, from behind the place `after`. */
  find(plan: Plan, after: number | null, limit: number): Found[];
  /** How many there are, counted up to `most`. */
  count(plan: Plan, most: number): number;
  close(): void;
}
