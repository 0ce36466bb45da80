import type { Address } from '../../common/shapes/address.ts';
import { LABEL_LENGTH, MAX_LABELS, foldLabel } from '../../common/label-name.ts';
import { FLAGS, type Flag, type MailRow } from '../../common/shapes/mail.ts';
import type { MailboxRole } from '../../common/shapes/mailbox.ts';
import { formatTime } from '../../common/time.ts';
import type { MailIds } from './mail-id.ts';

/** A row of `mail` as both engines give it. Times in ms, `flags` as bits in the order of FLAGS, addresses as JSON. */
export interface MailRecord {
  id: number;
  modseq: number;
  mailbox: string;
  thread: number;
  date: number;
  received: number;
  size: number;
  flags: number;
  attachments: number;
  header: string;
  body: string;
  same_key: string | null;
  problem: string | null;
  send_key: string | null;
  /** Ids joined by commas. */
  accounts: string;
  subject: string;
  sender: string;
  recipients: string;
  snippet: string;
  /** JSON array of names; null: none. */
  labels: string | null;
  /** 1 while `flags` lacks `seen`. */
  unread: number;
  /** The modseq with which it came into the store. */
  added: number;
  /** Since when it lies in its mailbox, ms. */
  moved_at: number;
  /** See makeSubjectKey in threads/subject.ts. */
  subject_key: number | null;
}

export function packFlags(flags: readonly Flag[]): number {
  return flags.reduce((bits, flag) => bits | (1 << FLAGS.indexOf(flag)), 0);
}

export function unpackFlags(bits: number): Flag[] {
  return FLAGS.filter((_flag, index) => (bits & (1 << index)) !== 0);
}

export const SEEN = packFlags(['seen']);

/** 1 for what counts as unread in its mailbox. */
export function countUnread(flags: number): number {
  return (flags & SEEN) === 0 ? 1 : 0;
}

export function splitAccounts(accounts: string): string[] {
  return accounts === '' ? [] : accounts.split(',');
}

export function readLabels(labels: string | null): string[] {
  return labels === null ? [] : (JSON.parse(labels) as string[]);
}

/** As the row keeps them: each label once, by the first of its spellings, none longer and no more than a mail may have. */
export function packLabels(names: readonly string[]): string | null {
  const kept = new Map<string, string>();
  for (const written of names) {
    const name = fitLabel(written);
    const key = labelKey(name);
    if (key !== '' && !kept.has(key) && kept.size < MAX_LABELS) kept.set(key, name);
  }
  return kept.size === 0 ? null : JSON.stringify([...kept.values()]);
}

/** Other programs have longer ones (Gmail 225 characters): nobody could take such a label off a mail. */
function fitLabel(name: string): string {
  if (name.length <= LABEL_LENGTH && !/\p{Cc}/u.test(name)) return name;
  const plain = name.replace(/\p{Cc}+/gu, ' ').trim();
  return plain
    .slice(0, LABEL_LENGTH)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}

/** What tables know a label by; folding can make it longer, and MariaDB takes no notice of spaces at the end. */
export function labelKey(name: string): string {
  return foldLabel(name).trim().slice(0, 400).toWellFormed();
}

/** What a ROW is made of. */
export const ROW_COLUMNS = [
  'id',
  'thread',
  'mailbox',
  'accounts',
  'sender',
  'recipients',
  'subject',
  'date',
  'received',
  'size',
  'flags',
  'labels',
  'attachments',
  'snippet',
] as const satisfies (keyof MailRecord)[];
export type RowRecord = Pick<MailRecord, (typeof ROW_COLUMNS)[number]>;

/** ROW of the contract. */
export function toMailRow(
  user: string,
  record: RowRecord,
  ids: MailIds,
  roles: ReadonlyMap<string, MailboxRole | null>,
): MailRow {
  return {
    id: ids.mail(user, record.id),
    threadId: ids.thread(user, record.thread),
    mailbox: record.mailbox,
    role: roles.get(record.mailbox) ?? null,
    accounts: splitAccounts(record.accounts),
    from: JSON.parse(record.sender) as Address[],
    to: JSON.parse(record.recipients) as Address[],
    subject: record.subject,
    date: formatTime(record.date),
    received: formatTime(record.received),
    size: record.size,
    flags: unpackFlags(record.flags),
    labels: readLabels(record.labels),
    attachments: record.attachments,
    snippet: record.snippet,
  };
}
