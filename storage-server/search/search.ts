import type { MailRow } from '../../common/shapes/mail.ts';

export interface SearchPage {
  mails: MailRow[];
  /** Cursor of the page after it, null when there is none. */
  next: string | null;
  /** Null where there are too many to count, or not all is indexed yet. */
  total: number | null;
}

/** Finds mails by their words. */
export interface Search {
  /** Newest first. MailError `invalid` for a query that means nothing, `not-found` for a mailbox or account in it. */
  find(
    user: string,
    query: { query: string; limit: number; after: string | null; timeZone: string | null },
  ): Promise<SearchPage>;
  /** Resolves when everything that is committed now can be found; for tests and measurements. */
  settle(user: string): Promise<void>;
  stop(): Promise<void>;
}
