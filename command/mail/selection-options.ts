import type { MailFilter, Selection } from '../../common/shapes/selection.ts';
import { findAccountId } from '../account/find-account.ts';
import type { Typed } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import type { Connection } from '../server/connection.ts';

/** Instead of IDs: all mails of which every given thing is true. */
export const SELECTION_OPTIONS = {
  from: 'text',
  in: 'text',
  account: 'text',
  label: 'text',
  thread: 'text',
  query: 'text',
  unread: 'flag',
} as const;
const NAMES = Object.keys(SELECTION_OPTIONS) as (keyof typeof SELECTION_OPTIONS)[];

/** Throws usage unless either IDs or a description were typed; without asking any server. */
export function checkSelection(typed: Typed): void {
  const described = NAMES.find((name) => typed.has(name));
  if (typed.words.length === 0 && described === undefined)
    throw makeUsageError('one-of-two', { option: 'ID', other: '--in' });
  if (typed.words.length > 0 && described !== undefined) {
    throw makeUsageError('not-together', { option: 'ID', other: `--${described}` });
  }
}

export async function readSelection(typed: Typed, connection: Connection): Promise<Selection> {
  if (typed.words.length > 0) return { ids: typed.words };
  const where: MailFilter = {};
  for (const name of ['from', 'label', 'thread', 'query'] as const) {
    const value = typed.text(name);
    if (value !== undefined) where[name] = value;
  }
  const mailbox = typed.text('in');
  if (mailbox !== undefined) where.mailbox = mailbox;
  const account = typed.text('account');
  if (account !== undefined) where.account = await findAccountId(connection, account);
  if (typed.has('unread')) where.unread = true;
  return { where, except: [], upTo: null };
}
