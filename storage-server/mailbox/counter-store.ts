import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { findSizeClass } from '../../common/shapes/summary.ts';
import { countUnread, labelKey, readLabels, splitAccounts } from '../mail/mail-record.ts';
import type { MailState } from '../mail/mail-state.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

/** Of one mailbox; `bytes` as the messages came, not as they are stored. */
export interface MailboxCounter {
  total: number;
  unread: number;
  bytes: number;
}

/** Counts the mails of one account, with one label, or of one size class, within one mailbox. */
export interface ListCounter extends MailboxCounter {
  kind: ListKind;
  /** Account id, a label's key, a size class; account (empty for what was written here), `/` and size class. */
  name: string;
  mailbox: string;
  /** A label as it was first written. */
  shown: string;
}
export type ListKind = 'account' | 'label' | 'size' | 'sizes';

/** The lists, besides its mailbox, that a mail is counted in. */
export function namesOf(
  mail: Pick<MailState, 'accounts' | 'labels' | 'size'>,
): Pick<ListCounter, 'kind' | 'name' | 'shown'>[] {
  const accounts = splitAccounts(mail.accounts);
  const size = String(findSizeClass(mail.size));
  return [
    { kind: 'size', name: size, shown: '' },
    ...(accounts.length === 0 ? [''] : accounts).map((account) => ({
      kind: 'sizes' as const,
      name: `${account}/${size}`,
      shown: '',
    })),
    ...accounts.map((name) => ({ kind: 'account' as const, name, shown: name })),
    ...readLabels(mail.labels).map((shown) => ({ kind: 'label' as const, name: labelKey(shown), shown })),
  ];
}

type Counted = Pick<MailState, 'mailbox' | 'flags' | 'size' | 'accounts' | 'labels'>;
const ZERO: MailboxCounter = { total: 0, unread: 0, bytes: 0 };

/** What a transaction adds to and takes from the counters of a user's mailboxes, accounts and labels. */
export class CounterChanges {
  readonly #mailboxes = new Map<string, MailboxCounter>();
  readonly #lists = new Map<string, ListCounter>();

  /** Null before: it is new; null after: it is gone. */
  replace(before: Counted | null, after: Counted | null): void {
    if (before !== null && after !== null && isInSameLists(before, after)) {
      const unread = countUnread(after.flags) - countUnread(before.flags);
      if (unread !== 0) this.#add(after, { total: 0, unread, bytes: 0 });
      return;
    }
    for (const [mail, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (mail === null) continue;
      this.#add(mail, { total: sign, unread: sign * countUnread(mail.flags), bytes: sign * mail.size });
    }
  }

  #add(mail: Counted, change: MailboxCounter): void {
    add(this.#mailboxes, mail.mailbox, { ...ZERO }, change);
    for (const list of namesOf(mail)) {
      const key = `${list.kind}\n${list.name}\n${mail.mailbox}`;
      add(this.#lists, key, { ...list, mailbox: mail.mailbox, ...ZERO }, change);
    }
  }

  /** In the transaction that changes the rows, so that counters never lie. */
  async save(tx: Writer, user: string): Promise<void> {
    const set = { total: 'add', unread: 'add', bytes: 'add' } as const;
    const numbers = ({ total, unread, bytes }: MailboxCounter): number[] => [total, unread, bytes];
    await writeRows(
      tx,
      'mailbox_counter',
      ['user_id', 'mailbox', 'total', 'unread', 'bytes'],
      [...this.#mailboxes].filter(isChange).map(([mailbox, one]) => [user, mailbox, ...numbers(one)]),
      { keys: ['user_id', 'mailbox'], set },
    );
    await writeRows(
      tx,
      'list_counter',
      ['user_id', 'kind', 'name', 'mailbox', 'shown', 'total', 'unread', 'bytes'],
      [...this.#lists]
        .filter(isChange)
        .map(([, one]) => [user, one.kind, one.name, one.mailbox, one.shown, ...numbers(one)]),
      { keys: ['user_id', 'kind', 'name', 'mailbox'], set },
    );
  }
}

function isInSameLists(before: Counted, after: Counted): boolean {
  return (
    before.mailbox === after.mailbox &&
    before.size === after.size &&
    before.accounts === after.accounts &&
    before.labels === after.labels
  );
}

function add<T extends MailboxCounter>(
  map: Map<string, T>,
  key: string,
  begin: T,
  change: MailboxCounter,
): void {
  const sum = map.get(key) ?? begin;
  sum.total += change.total;
  sum.unread += change.unread;
  sum.bytes += change.bytes;
  map.set(key, sum);
}

function isChange([, { total, unread, bytes }]: readonly [string, MailboxCounter]): boolean {
  return total !== 0 || unread !== 0 || bytes !== 0;
}

/** By mailbox id; mailboxes that never held a mail have none. */
export async function readCounters(read: Reader, user: string): Promise<Map<string, MailboxCounter>> {
  const rows = await read.all<MailboxCounter & { mailbox: string }>(
    'SELECT mailbox, total, unread, bytes FROM mailbox_counter WHERE user_id = ?',
    [user],
  );
  return new Map(rows.map(({ mailbox, total, unread, bytes }) => [mailbox, { total, unread, bytes }]));
}

/** Of all accounts or labels of the user, or of one of them. */
export async function readListCounters(
  read: Reader,
  user: string,
  list: { kind: ListKind; name?: string },
): Promise<ListCounter[]> {
  const which = list.name === undefined ? '' : ' AND name = ?';
  return await read.all(
    `SELECT kind, name, mailbox, shown, total, unread, bytes FROM list_counter
      WHERE user_id = ? AND kind = ?${which} AND total > 0`,
    [user, list.kind, ...(list.name === undefined ? [] : [list.name])],
  );
}
