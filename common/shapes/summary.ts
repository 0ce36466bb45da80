import type { MailboxRole } from './mailbox.ts';

/** Mails whose size is at most `upTo` bytes and over that of the class before; null: all larger ones. */
export interface SizeClass {
  upTo: number | null;
  mails: number;
  bytes: number;
}

/** What is stored; times are those of the mails, null where there is none. */
export interface StoredSum {
  total: number;
  unread: number;
  bytes: number;
  newest: string | null;
  oldest: string | null;
  sizes: SizeClass[];
}

export interface MailSummary {
  all: StoredSum;
  mailboxes: (StoredSum & { id: string; path: string; role: MailboxRole | null })[];
  /** `id` null: what was written here. */
  accounts: (StoredSum & { id: string | null })[];
}
