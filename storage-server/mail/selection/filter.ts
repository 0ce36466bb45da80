import type { Address } from '../../../common/shapes/address.ts';
import type { MailFilter } from '../../../common/shapes/selection.ts';
import type { Home } from '../../home/home.ts';
import type { MailIds } from '../mail-id.ts';
import { countUnread, labelKey, readLabels, splitAccounts } from '../mail-record.ts';
import type { MailState } from '../mail-state.ts';

/** A mail that may be meant. */
export interface Candidate extends MailState {
  /** JSON of addresses. */
  sender: string;
  /** The modseq with which it came. */
  added: number;
}

/** MailFilter with its names resolved; null: whatever it is. */
export interface KnownFilter {
  mailbox: string | null;
  account: string | null;
  /** Key. */
  label: string | null;
  /** In lower case. */
  from: string | null;
  thread: number | null;
  unread: boolean | null;
  query: string | null;
}

/** MailError `not-found` for a mailbox, account or thread that is not the user's. */
export async function resolveFilter(
  core: { home: Home; ids: MailIds },
  user: string,
  filter: MailFilter,
): Promise<KnownFilter> {
  const { mailbox, account, label, from, thread, unread, query } = filter;
  return {
    mailbox: mailbox === undefined ? null : (await core.home.findMailbox(user, mailbox)).id,
    account: account ?? null,
    label: label === undefined ? null : labelKey(label),
    from: from?.toLowerCase() ?? null,
    thread: thread === undefined ? null : core.ids.readThread(user, thread),
    unread: unread ?? null,
    query: query ?? null,
  };
}

/** Whether a mail is meant; of `query` the search has the word. `thread` is compared by whoever knows merged ones. */
export function fitsFilter(mail: Candidate, filter: Omit<KnownFilter, 'query' | 'thread'>): boolean {
  const { mailbox, account, label, from, unread } = filter;
  if (mailbox !== null && mail.mailbox !== mailbox) return false;
  if (unread !== null && (countUnread(mail.flags) === 1) !== unread) return false;
  if (account !== null && !splitAccounts(mail.accounts).includes(account)) return false;
  if (label !== null && !readLabels(mail.labels).some((name) => labelKey(name) === label)) return false;
  return from === null || isFrom(mail.sender, from);
}

function isFrom(sender: string, address: string): boolean {
  return (JSON.parse(sender) as Address[]).some((one) => one.address.toLowerCase() === address);
}
