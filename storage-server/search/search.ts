import type { MailboxRole } from '../../common/shapes/mailbox.ts';
import type { MailRow } from '../../common/shapes/mail.ts';
import type { MarkedText, Range } from './index/thread-protocol.ts';

export interface SearchPage {
  mails: MailRow[];
  /** Cursor of the page after it, null when there is none. */
  next: string | null;
  /** Null where there are too many to count, or not all is indexed yet. */
  total: number | null;
  /** All that was committed up to then is among the results. */
  modseq: number;
}

/** Why a mail was found: ranges of UTF-16 units in its subject and its sender's name, and a stretch of its text. */
export interface SearchSnippet extends MarkedText {
  id: string;
  subject: Range[];
  sender: Range[];
}

export type SuggestionKind = 'sender' | 'mailbox' | 'account' | 'label' | 'operator' | 'word' | 'recent';

/** `text` says what it is, `completion` is all of the field's text once it is taken, `count` how many mails it is about. */
export interface Suggestion {
  kind: SuggestionKind;
  text: string;
  completion: string;
  count: number | null;
  /** Of a mailbox, to be shown in the user's language. */
  role?: MailboxRole | null;
}

export interface SearchQuestion {
  query: string;
  limit: number;
  after: string | null;
  /** IANA name; null: UTC. */
  timeZone: string | null;
}

/** Finds mails by their words. */
export interface Search {
  /** Newest first. MailError `invalid` for a query that means nothing, `not-found` for a mailbox or account in it. */
  find(user: string, question: SearchQuestion): Promise<SearchPage>;
  /**
   * Numbers of all mails that are found, newest first: for doing something to them. Waits until everything that is
   * committed now is indexed; MailError `unavailable` (`search-behind`) where that takes too long.
   */
  findNumbers(user: string, query: string): Promise<number[]>;
  /** For mails of a page that was found, in the order of `ids`; those that are gone are left out. */
  readSnippets(user: string, query: string, ids: readonly string[]): Promise<SearchSnippet[]>;
  /** What may come next of what is typed. Never fails for what is typed. */
  suggest(user: string, text: string): Promise<Suggestion[]>;
  /** The user looked for it on purpose: it is suggested to him later. */
  remember(user: string, query: string): Promise<void>;
  /** Resolves when everything that is committed now can be found; for tests and measurements. */
  settle(user: string): Promise<void>;
  stop(): Promise<void>;
}
