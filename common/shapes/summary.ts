import type { MailboxRole } from './mailbox.ts';

/** Upper ends of the size classes in bytes; the last class has none. What was released keeps its classes. */
export const SIZE_ENDS = [10_000, 100_000, 1_000_000, 10_000_000] as const;

/** The place of a size among the classes, 0 for the smallest. */
export function findSizeClass(size: number): number {
  const at = SIZE_ENDS.findIndex((end) => size <= end);
  return at === -1 ? SIZE_ENDS.length : at;
}

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
