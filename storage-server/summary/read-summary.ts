import { SIZE_ENDS, type MailSummary, type StoredSum } from '../../common/shapes/summary.ts';
import { formatTime } from '../../common/time.ts';
import type { StorageCore } from '../context.ts';
import { readSizes, readSpans, type Place, type SizeRow, type Span } from './summary-store.ts';

/** What is stored of a user's, from counters that are kept with the mails; nothing is counted here. */
export async function readSummary(
  core: Pick<StorageCore, 'db' | 'mailboxes'>,
  user: string,
): Promise<MailSummary> {
  const { read } = core.db;
  const mailboxes = await core.mailboxes.list(user);
  const rows = await readSizes(read, user);
  const whole = rows.filter(({ kind }) => kind === 'size');
  const byAccount = rows.filter(({ kind }) => kind === 'sizes').map(splitName);
  const used = [...new Set(whole.map(({ mailbox }) => mailbox))];
  const spans = await readSpans(
    read,
    user,
    used.map((mailbox) => ({ name: null, mailbox })),
  );
  const accountSpans = await readSpans(read, user, listPlaces(byAccount));
  const accounts = [...new Set(byAccount.map(({ account }) => account))].toSorted();
  return {
    all: sumUp(whole.map(named), spans),
    mailboxes: mailboxes.map(({ id, path, role }) => {
      const inIt = ({ mailbox }: { mailbox: string }): boolean => mailbox === id;
      return { id, path, role, ...sumUp(whole.filter(inIt).map(named), spans.filter(inIt)) };
    }),
    accounts: accounts.map((account) => ({
      id: account === '' ? null : account,
      ...sumUp(
        byAccount.filter((one) => one.account === account),
        accountSpans.filter(({ name }) => name === account),
      ),
    })),
  };
}

/** Counters of one size class, by its place. */
type Sized = Pick<SizeRow, 'total' | 'unread' | 'bytes' | 'mailbox'> & { place: number };

function named(row: SizeRow): Sized {
  return { ...row, place: Number(row.name) };
}

function splitName(row: SizeRow): Sized & { account: string } {
  const at = row.name.lastIndexOf('/');
  return { ...row, account: row.name.slice(0, at), place: Number(row.name.slice(at + 1)) };
}

function listPlaces(rows: readonly (Sized & { account: string })[]): Place[] {
  const places = new Map(
    rows.map(({ account, mailbox }) => [`${account}\n${mailbox}`, { name: account, mailbox }]),
  );
  return [...places.values()];
}

function sumUp(rows: readonly Sized[], spans: readonly Span[]): StoredSum {
  const add = (of: readonly Sized[], what: 'total' | 'unread' | 'bytes'): number =>
    of.reduce((sum, row) => sum + row[what], 0);
  const newest = spans.reduce<number | null>(
    (most, span) => Math.max(most ?? span.newest, span.newest),
    null,
  );
  const oldest = spans.reduce<number | null>(
    (least, span) => Math.min(least ?? span.oldest, span.oldest),
    null,
  );
  return {
    total: add(rows, 'total'),
    unread: add(rows, 'unread'),
    bytes: add(rows, 'bytes'),
    newest: newest === null ? null : formatTime(newest),
    oldest: oldest === null ? null : formatTime(oldest),
    sizes: [...SIZE_ENDS, null].map((upTo, place) => {
      const own = rows.filter((row) => row.place === place);
      return { upTo, mails: add(own, 'total'), bytes: add(own, 'bytes') };
    }),
  };
}
