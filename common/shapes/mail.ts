import { z } from 'zod';
import type { AccountProblem } from './account.ts';
import type { Address } from './address.ts';
import type { MailboxRole } from './mailbox.ts';
import type { SendStatus } from './status.ts';

export const FLAGS = ['seen', 'flagged', 'answered', 'forwarded', 'draft'] as const;
export const flag = z.enum(FLAGS);
export type Flag = z.infer<typeof flag>;

/** ROW of the contract. */
export interface MailRow {
  id: string;
  threadId: string;
  mailbox: string;
  role: MailboxRole | null;
  accounts: string[];
  from: Address[];
  to: Address[];
  subject: string;
  date: string;
  received: string;
  size: number;
  flags: Flag[];
  labels: string[];
  attachments: number;
  snippet: string;
  /** Where a row stands for a conversation: its mails in that mailbox, of which this is the newest. */
  thread?: { count: number; unread: number } | undefined;
  /** Of a mail in Sent: a recipient failed, one is tried again later, or it has not left yet; else not there. */
  delivery?: 'failed' | 'waiting' | 'held' | undefined;
}

/** A MIME part; `id` is its place such as `1.2`, `size` the decoded bytes. */
export interface MailPart {
  id: string;
  type: string;
  charset: string | null;
  name: string | null;
  size: number;
  disposition: 'inline' | 'attachment' | null;
  /** Without its angle brackets. */
  contentId: string | null;
}

/** How a method of RFC 8601 2.7 ended. */
export const AUTH_RESULTS = [
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
] as const;
export type AuthResult = (typeof AUTH_RESULTS)[number];

/** Who a mail really comes from, as it was judged when it was collected. */
export interface MailAuthentication {
  /** Domain of From, and whether it vouches for the mail (RFC 7489). */
  from: { domain: string | null; dmarc: AuthResult };
  dkim: { domain: string; selector: string; result: AuthResult }[];
  /** Null where the hop that handed it to the provider cannot be told, or has handed it over too long ago. */
  spf: { domain: string; result: AuthResult; ip: string | null } | null;
  arc: { result: AuthResult } | null;
  /** `valija`, or the authserv-id of the provider whose Authentication-Results this is (RFC 8601 2.5). */
  by: string;
  judgedAt: string;
}

/** What a mail wants to fetch from elsewhere. */
export interface RemoteContent {
  /** Pictures and styles, those that count readers among them. */
  images: number;
  /** One for each picture that tells of opening; `name` of the service, where it is known. */
  trackers: { host: string; name: string | null }[];
}

/** How the reader of a mail gets off its list (RFC 2369, RFC 8058). */
export interface Unsubscribing {
  /** One call of the server does it: the sender says so and his signature covers it. */
  oneClick: boolean;
  /** A page to open; null when there is none. */
  url: string | null;
  /** A mail that does it. */
  mailto: string | null;
  /** When that was done from here; null: it was not. */
  doneAt: string | null;
}

/** `show ID` of the contract. */
export interface MailView extends MailRow {
  cc: Address[];
  bcc: Address[];
  replyTo: Address[];
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  headers: [string, string][];
  text: string | null;
  html: string | null;
  parts: MailPart[];
  problem: null | { code: string; message: string };
  status: SendStatus | null;
  /** Null: not judged yet, or not collected from elsewhere. */
  authentication?: MailAuthentication | null;
  remote?: RemoteContent;
  /** Null: the mail names no way. */
  unsubscribe?: Unsubscribing | null;
}

/** One page of a list; `next` is the cursor for the one after it, `total` and `unread` count the whole list. */
export interface MailPage {
  mails: MailRow[];
  next: string | null;
  total: number;
  unread: number;
  /** Every change up to this one is in it; what comes later is told as a change. */
  modseq?: number;
}

/** One account's line in the answer of `check`. */
export interface CheckedAccount {
  id: string;
  email: string;
  new: number;
  bytes: number;
  seconds: number;
  error: AccountProblem | null;
}
