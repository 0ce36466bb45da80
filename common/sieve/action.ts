import type { SieveProblem } from './problem.ts';

/**
 * What is to be done with a mail, in the script's order. `flags` are IMAP flags and keywords (RFC 5232): `\Seen`,
 * `\Flagged` …, and labels as `decodeLabel` reads them.
 */
export type SieveAction =
  /** Into the Inbox. `implicit`: no action said otherwise. */
  | { kind: 'keep'; flags: string[]; implicit: boolean }
  /** Into the mailbox of this path (`/` between names). `create`: to be made when it is not there. */
  | { kind: 'fileinto'; mailbox: string; flags: string[]; create: boolean }
  | { kind: 'redirect'; address: string }
  /** Valija moves such a mail to Trash, unless it is also filed. */
  | { kind: 'discard' }
  | SieveVacation;

export interface SieveVacation {
  kind: 'vacation';
  /** At most one answer to a sender in this time. */
  seconds: number;
  subject: string | null;
  /** Null: from the address that received. */
  from: string | null;
  /** More addresses that are the user's own. */
  addresses: string[];
  /** `text` is a MIME entity with headers of its own. */
  mime: boolean;
  /** Notices with the same handle are the same notice (RFC 5230 4.2). */
  handle: string;
  text: string;
}

export interface SieveResult {
  actions: SieveAction[];
  /** Scripts that failed while running, by their place; what they had asked for is not among the actions. */
  problems: { script: number; problem: SieveProblem }[];
}
