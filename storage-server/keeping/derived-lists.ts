import { namesOf } from '../mailbox/counter-store.ts';
import { countUnread, labelKey, readLabels } from '../mail/mail-record.ts';
import type { MailState } from '../mail/mail-state.ts';

/** Tables that repeat what the rows of mails say, so that pages need no counting. `columns` without the user; the first `keys` of them name a row. */
export const DERIVED_TABLES = {
  mailbox_counter: { columns: ['mailbox', 'total', 'unread', 'bytes'], keys: 1 },
  // `shown` is the spelling that came first, which rows do not tell.
  list_counter: { columns: ['kind', 'name', 'mailbox', 'total', 'unread', 'bytes'], keys: 3 },
  thread_row: { columns: ['thread', 'mailbox', 'date', 'mail', 'total', 'unread'], keys: 2 },
  mail_label: { columns: ['mail', 'label', 'mailbox', 'date'], keys: 2 },
} as const;
export type DerivedTable = keyof typeof DERIVED_TABLES;

/** A row of such a table, without what names it. */
export type DerivedValues = readonly (string | number)[];

/** What the derived tables of one user must hold, made from his mails. */
export class DerivedLists {
  readonly rows: Record<DerivedTable, Map<string, DerivedValues>> = {
    mailbox_counter: new Map(),
    list_counter: new Map(),
    thread_row: new Map(),
    mail_label: new Map(),
  };
  /** By the key of its counter: a spelling of the label. */
  readonly shown = new Map<string, string>();

  add(mail: MailState): void {
    const { mailbox, thread, date, id } = mail;
    const unread = countUnread(mail.flags);
    const counts = [1, unread, mail.size];
    this.#sum('mailbox_counter', nameRow([mailbox]), counts);
    for (const { kind, name, shown } of namesOf(mail)) {
      const key = nameRow([kind, name, mailbox]);
      if (!this.shown.has(key)) this.shown.set(key, shown);
      this.#sum('list_counter', key, counts);
    }
    this.#addToThread(nameRow([thread, mailbox]), { date, id, unread });
    for (const label of readLabels(mail.labels)) {
      this.rows.mail_label.set(nameRow([id, labelKey(label)]), [mailbox, date]);
    }
  }

  /** Counters of what is no longer there may stay, at zero. */
  expects(table: DerivedTable, key: string, values: DerivedValues): boolean {
    const expected = this.rows[table].get(key);
    if (expected === undefined) return table.endsWith('counter') && values.every((value) => value === 0);
    return expected.every((value, index) => value === values[index]);
  }

  #sum(table: DerivedTable, key: string, change: readonly number[]): void {
    const sum = this.rows[table].get(key) as readonly number[] | undefined;
    this.rows[table].set(key, sum === undefined ? change : sum.map((one, index) => one + change[index]!));
  }

  #addToThread(key: string, mail: { date: number; id: number; unread: number }): void {
    const known = this.rows.thread_row.get(key) as
      readonly [date: number, mail: number, total: number, unread: number] | undefined;
    if (known === undefined) {
      this.rows.thread_row.set(key, [mail.date, mail.id, 1, mail.unread]);
      return;
    }
    const [date, id, total, unread] = known;
    const newer = mail.date > date || (mail.date === date && mail.id > id);
    const newest: MailboxPlace = newer ? [mail.date, mail.id] : [date, id];
    this.rows.thread_row.set(key, [...newest, total + 1, unread + mail.unread]);
  }
}

type MailboxPlace = readonly [date: number, mail: number];

/** What names a row within its table; no part of it holds a line break. */
export function nameRow(parts: readonly (string | number)[]): string {
  return parts.join('\n');
}
