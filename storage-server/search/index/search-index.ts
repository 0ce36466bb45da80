import type { Query } from '../query/query.ts';
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
  /** As they are compared, each with a line break before and behind it; empty without any. */
  labels: string;
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

/** A mail's words and who wrote it, for suggestions. */
export interface IndexedText {
  text: MailText;
  sender: { name: string; address: string } | null;
}

/** A row with its words, or null where they are known. */
export interface SavedRow {
  row: IndexedRow;
  text: IndexedText | null;
}

export interface Found {
  /** Place in the order of dates, from which a later page goes on. */
  place: number;
  mail: number;
}

/** Places in the order of dates: all before `before` (null: from the newest on) down to `from`. */
export interface Stretch {
  before: number | null;
  from: number;
}

/** One user's index: derived from his mails, and made anew from them when it is lost. Synchronous: for a thread of its own. */
export interface SearchIndex {
  readState(): IndexState;
  /** Which of these mails are indexed with the words that they have now. */
  findCurrent(rows: readonly IndexedRow[]): Set<number>;
  /**
   * Everything of one call is there after it, or nothing. `text` null: its words are known. What is older than what is
   * known of a mail changes nothing. `fresh`: words among them that may be new. `state` only where all before it is done.
   */
  save(change: {
    rows: readonly SavedRow[];
    fresh: readonly string[];
    removed: readonly number[];
    state: IndexState | null;
  }): void;
  /** Newest first. */
  find(query: Query, stretch: Stretch, limit: number): Found[];
  /** How many there are, counted up to `most`. */
  count(query: Query, stretch: Stretch, most: number): number;
  /** Where to stop for a moment when going through all mails behind a place, that others get their turn; 0 is the end. */
  chooseStop(before: number | null): number;
  close(): void;
}
