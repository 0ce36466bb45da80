import type { MailList } from '../cache/patch-lists.ts';

/** Rows of one page of a list. */
export const PAGE_SIZE = 50;

/** What `mail.list` is asked for one page; `after` null: the first. */
export function makeListInput(list: MailList, after: string | null) {
  return {
    mailbox: list.box,
    limit: PAGE_SIZE,
    ...(list.account === null ? {} : { account: list.account }),
    ...(list.how === 'unread' ? { unread: true } : {}),
    ...(list.how === 'conversations' ? { conversations: true } : {}),
    ...(after === null ? {} : { after }),
  };
}
