import { MailError } from '../../common/errors.ts';
import type { MailPage, MailRow } from '../../common/shapes/mail.ts';
import { readCounters, readListCounters } from '../mailbox/counter-store.ts';
import type { MailCore } from './mail-core.ts';
import { labelKey } from './mail-record.ts';
import { readCounter, type PagePlace } from './mail-store.ts';
import type { PageQuery } from './mails.ts';
import * as store from './page-store.ts';
import { toRows } from './read-mails.ts';

/** See PageQuery. */
export async function readMailPage(core: MailCore, user: string, query: PageQuery): Promise<MailPage> {
  const list = await resolveList(core, user, query);
  const after = query.after === null ? null : readCursor(query.after);
  // Before the rows: a change between the two is then told once more, never not at all.
  const { modseq } = await readCounter(core.db.read, user);
  const [records, counts] = await Promise.all([
    store.readPage(core.db.read, user, list, { after, limit: query.limit + 1 }),
    countList(core, user, list),
  ]);
  const shown = records.slice(0, query.limit);
  const last = records.length > query.limit ? shown.at(-1) : undefined;
  const rows = await toRows(core, user, shown);
  return {
    mails: list.conversations ? rows.map((row, index) => withThread(row, shown[index])) : rows,
    next: last === undefined ? null : makeCursor(last),
    total: list.unread ? counts.unread : counts.total,
    unread: counts.unread,
    modseq,
  };
}

async function resolveList(core: MailCore, user: string, query: PageQuery): Promise<store.PageList> {
  const { account, label = null, unread = false, conversations = false } = query;
  const rest = { account, label: label === null ? null : labelKey(label), unread, conversations };
  if (query.mailbox !== null || label === null) {
    const mailbox = await core.home.findMailbox(user, query.mailbox ?? 'inbox');
    return { ...rest, mailbox: mailbox.id, hidden: [] };
  }
  const { mailboxes } = await core.home.readProfile(user);
  const hidden = mailboxes.filter(({ role }) => role === 'trash' || role === 'junk').map(({ id }) => id);
  return { ...rest, mailbox: null, hidden };
}

/** Mails, also where conversations are shown. */
async function countList(
  core: MailCore,
  user: string,
  list: store.PageList,
): Promise<{ total: number; unread: number }> {
  const { read } = core.db;
  const { mailbox, account, label, hidden } = list;
  if (account === null && label === null) {
    return (await readCounters(read, user)).get(mailbox ?? '') ?? { total: 0, unread: 0 };
  }
  const kind =
    label === null
      ? ({ kind: 'account', name: account ?? '' } as const)
      : ({ kind: 'label', name: label } as const);
  const counters = (await readListCounters(read, user, kind)).filter((one) =>
    mailbox === null ? !hidden.includes(one.mailbox) : one.mailbox === mailbox,
  );
  if (account !== null && label !== null && counters.length > 0) {
    const mailboxes = counters.map((one) => one.mailbox);
    return await store.countLabelled(read, user, { label, account, mailboxes });
  }
  const sum = (column: 'total' | 'unread'): number => counters.reduce((all, one) => all + one[column], 0);
  return { total: sum('total'), unread: sum('unread') };
}

function withThread(row: MailRow, record: store.PageRecord | undefined): MailRow {
  return { ...row, thread: { count: record?.thread_total ?? 1, unread: record?.thread_unread ?? 0 } };
}

function makeCursor({ date, id }: PagePlace): string {
  return `${date.toString(36)}_${id.toString(36)}`;
}

function readCursor(cursor: string): PagePlace {
  const match = /^(-?[0-9a-z]{1,10})_([0-9a-z]{1,10})$/.exec(cursor);
  if (match === null) throw new MailError('invalid', 'no such place in the list', { field: 'after' });
  return { date: Number.parseInt(match[1] ?? '', 36), id: Number.parseInt(match[2] ?? '', 36) };
}
