import { MailError } from '../../../common/errors.ts';
import type { UserProfile } from '../../home/home.ts';
import type { Query } from './query.ts';

/** Puts ids where somebody typed the name of a mailbox or an account; MailError `not-found` for one that he has not. */
export function namePlaces(query: Query, profile: Pick<UserProfile, 'mailboxes' | 'accounts'>): Query {
  if (query.kind === 'and' || query.kind === 'or') {
    return { kind: query.kind, of: query.of.map((one) => namePlaces(one, profile)) };
  }
  if (query.kind === 'not') return { kind: 'not', of: namePlaces(query.of, profile) };
  if (query.kind === 'mailbox') return { kind: 'mailbox', name: findMailbox(query.name, profile) };
  if (query.kind === 'account') return { kind: 'account', name: findAccount(query.name, profile) };
  return query;
}

function findMailbox(name: string, { mailboxes }: Pick<UserProfile, 'mailboxes'>): string {
  const same = (text: string | null): boolean => text?.toLowerCase() === name.toLowerCase();
  const found =
    mailboxes.find(({ id }) => id === name) ??
    mailboxes.find(({ role }) => same(role)) ??
    mailboxes.find(({ path }) => same(path)) ??
    mailboxes.find((one) => same(one.name));
  if (found === undefined) throw new MailError('not-found', 'no such mailbox', { reason: 'mailbox' });
  return found.id;
}

function findAccount(name: string, { accounts }: Pick<UserProfile, 'accounts'>): string {
  const same = (text: string | null): boolean => text?.toLowerCase() === name.toLowerCase();
  const found =
    accounts.find(({ id }) => id === name) ??
    accounts.find(({ email }) => same(email)) ??
    accounts.find((one) => same(one.name));
  if (found === undefined) throw new MailError('not-found', 'no such account', { reason: 'account' });
  return found.id;
}
