import type { AccountProblem } from './account.ts';

/** Polls of one account that went alike, one after the other: a hundred that found nothing are one entry. Times ISO 8601. */
export interface TimelineEntry {
  from: string;
  to: string;
  polls: number;
  /** Mails that came. */
  new: number;
  bytes: number;
  /** Null for polls that went well. */
  error: AccountProblem | null;
}

/** Mails of one day (UTC, `2026-11-21`). */
export interface TimelineDay {
  day: string;
  mails: number;
  bytes: number;
}

/** How the polls of an account went: no secrets, no contents. Newest first. */
export interface AccountTimeline {
  account: string;
  lastSuccess: string | null;
  nextTry: string | null;
  nextAllowed: string | null;
  /** Seconds between polls now. */
  currentInterval: number;
  days: TimelineDay[];
  entries: TimelineEntry[];
  /** `before` of the page that follows; null at the end. */
  next: string | null;
}
