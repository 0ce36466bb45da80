import type { Param, Reader } from '../../server-kit/database/database.ts';
import { ROW_COLUMNS, type RowRecord } from './mail-record.ts';
import { type PagePlace, useIndex } from './mail-store.ts';

/** What a list shows, with its names known. */
export interface PageList {
  /** Null: of all mailboxes but `hidden`; for lists of a label only. */
  mailbox: string | null;
  hidden: readonly string[];
  account: string | null;
  /** Key. */
  label: string | null;
  unread: boolean;
  /** Of each conversation only its newest mail among those that the list shows. */
  conversations: boolean;
}

/** `thread_total` and `thread_unread` count the mails of its conversation in its mailbox; null: there is no row. */
export interface PageRecord extends RowRecord {
  thread_total: number | null;
  thread_unread: number | null;
}

const COLUMNS = ROW_COLUMNS.map((column) => `m.${column}`).join(', ');

interface Part {
  text: string;
  params: Param[];
}

/** Newest first, from behind `after`: by one index each, so that it does not matter how long the list is. */
export async function readPage(
  read: Reader,
  user: string,
  list: PageList,
  page: { after: PagePlace | null; limit: number },
): Promise<PageRecord[]> {
  const source = chooseSource(read, user, list);
  const { date, id } = source;
  const behind: Part =
    page.after === null
      ? { text: '', params: [] }
      : {
          text: ` AND ${date} <= ? AND (${date} < ? OR ${id} < ?)`,
          params: [page.after.date, page.after.date, page.after.id],
        };
  const newest = source.isThreads || !list.conversations ? null : makeNewest(read, list);
  const counts = list.conversations
    ? 't.total AS thread_total, t.unread AS thread_unread'
    : 'NULL AS thread_total, NULL AS thread_unread';
  const threads =
    list.conversations && !source.isThreads
      ? ' LEFT JOIN thread_row t ON t.user_id = m.user_id AND t.thread = m.thread AND t.mailbox = m.mailbox'
      : '';
  return await read.all<PageRecord>(
    `SELECT ${COLUMNS}, ${counts} FROM ${source.from}${threads} WHERE ${source.where.text}${behind.text}${newest?.text ?? ''}
      ORDER BY ${date} DESC, ${id} DESC LIMIT ?`,
    [...source.where.params, ...behind.params, ...(newest?.params ?? []), page.limit],
  );
}

/** `s`, `t` and `m` are the list, its conversations and the mails; the list comes first. */
interface Source {
  from: string;
  where: Part;
  /** By what it is ordered. */
  date: string;
  id: string;
  isThreads: boolean;
}

/** The narrowest list that an index keeps in the order of dates; what else is asked for is looked at mail by mail. */
function chooseSource(read: Reader, user: string, list: PageList): Source {
  const { mailbox, account, label, unread, hidden } = list;
  // Either engine may find another order of tables better, and then sorts a whole list for one page of it.
  const join = read.engine === 'sqlite' ? 'CROSS JOIN' : 'STRAIGHT_JOIN';
  const where: Part = { text: 'm.user_id = ?', params: [user] };
  const throughAccount = (): string => {
    add(where, 'o.user_id = ? AND o.account = ?', user, account);
    return ` ${join} mail_original o ON o.user_id = m.user_id AND o.mail = m.id`;
  };
  const ofMails = (from: string): Source => ({ from, where, date: 'm.date', id: 'm.id', isThreads: false });
  const from = (table: string, name: string, index: string): Source => ({
    from: `${table} ${name} ${useIndex(read, index)} ${join} mail m ON m.user_id = ${name}.user_id AND m.id = ${name}.mail`,
    where,
    date: `${name}.date`,
    id: `${name}.mail`,
    isThreads: table === 'thread_row',
  });
  if (label !== null) {
    add(where, 's.user_id = ? AND s.label = ?', user, label);
    if (mailbox !== null) add(where, 's.mailbox = ?', mailbox);
    else addHidden(where, 's', hidden);
    if (unread) add(where, 'm.unread = 1');
    const source = from('mail_label', 's', mailbox === null ? 'label_page' : 'label_mailbox_page');
    return account === null ? source : { ...source, from: `${source.from}${throughAccount()}` };
  }
  if (unread) {
    add(where, 'm.mailbox = ? AND m.unread = 1', mailbox);
    return ofMails(`mail m ${useIndex(read, 'mail_unread')}${account === null ? '' : throughAccount()}`);
  }
  if (account !== null) {
    add(where, 's.user_id = ? AND s.account = ? AND s.mailbox = ?', user, account, mailbox);
    return from('mail_original', 's', 'original_account');
  }
  if (list.conversations) {
    add(where, 't.user_id = ? AND t.mailbox = ?', user, mailbox);
    return from('thread_row', 't', 'thread_page');
  }
  add(where, 'm.mailbox = ?', mailbox);
  return ofMails(`mail m ${useIndex(read, 'mail_page')}`);
}

function addHidden(where: Part, table: string, hidden: readonly string[]): void {
  if (hidden.length === 0) return;
  add(where, `${table}.mailbox NOT IN (${hidden.map(() => '?').join(',')})`, ...hidden);
}

function add(where: Part, text: string, ...params: Param[]): void {
  where.text += ` AND ${text}`;
  where.params.push(...params);
}

/** No newer mail of its conversation is in the list; found by the conversation, not by the list, which may be long. */
function makeNewest(read: Reader, list: PageList): Part {
  const index = useIndex(read, 'mail_thread');
  const { mailbox, hidden, account, label, unread } = list;
  const inner: Part = {
    text: 'n.user_id = m.user_id AND n.thread = m.thread AND n.date >= m.date AND (n.date > m.date OR n.id > m.id)',
    params: [],
  };
  if (mailbox !== null) add(inner, 'n.mailbox = ?', mailbox);
  else addHidden(inner, 'n', hidden);
  if (unread) add(inner, 'n.unread = 1');
  if (account !== null) {
    add(
      inner,
      'EXISTS (SELECT 1 FROM mail_original l WHERE l.user_id = n.user_id AND l.mail = n.id AND l.account = ?)',
      account,
    );
  }
  if (label !== null) {
    add(
      inner,
      'EXISTS (SELECT 1 FROM mail_label l WHERE l.user_id = n.user_id AND l.mail = n.id AND l.label = ?)',
      label,
    );
  }
  return {
    text: ` AND NOT EXISTS (SELECT 1 FROM mail n ${index} WHERE ${inner.text})`,
    params: inner.params,
  };
}

/** Of the mails with a label that came through one account: no counter keeps them. */
export async function countLabelled(
  read: Reader,
  user: string,
  list: { label: string; account: string; mailboxes: readonly string[] },
): Promise<{ total: number; unread: number }> {
  const row = await read.get<{ total: number; unread: number | string | null }>(
    `SELECT COUNT(*) AS total, SUM(m.unread) AS unread FROM mail_label l
      JOIN mail_original o ON o.user_id = l.user_id AND o.mail = l.mail AND o.account = ?
      JOIN mail m ON m.user_id = l.user_id AND m.id = l.mail
      WHERE l.user_id = ? AND l.label = ? AND l.mailbox IN (${list.mailboxes.map(() => '?').join(',')})`,
    [list.account, user, list.label, ...list.mailboxes],
  );
  return { total: row?.total ?? 0, unread: Number(row?.unread ?? 0) };
}
