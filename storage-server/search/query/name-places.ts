import { MailError } from '../../../common/errors.ts';
import type { UserProfile } from '../../home/home.ts';
import { labelKey } from '../../mail/mail-record.ts';
import { foldText } from '../text/fold.ts';
import { ROLE_NAMES } from './operators.ts';
import type { Query } from './query.ts';

/** Puts ids where somebody typed the name of a mailbox or an account; MailError `not-found` for one that he has not. */
export function namePlaces(query: Query, profile: Pick<UserProfile, 'mailboxes' | 'accounts'>): Query {
  if (query.kind === 'and' || query.kind === 'or') {
    return { kind: query.kind, of: query.of.map((one) => namePlaces(one, profile)) };
  }
  if (query.kind === 'not') return { kind: 'not', of: namePlaces(query.of, profile) };
  if (query.kind === 'mailbox') return { kind: 'mailbox', name: findMailbox(query.name, profile) };
  if (query.kind === 'account') return { kind: 'account', name: findAccount(query.name, profile) };
  return query.kind === 'label' ? { kind: 'label', name: labelKey(query.name) } : query;
}

/** Accents and case do not matter, and a mailbox with a role has its names in both languages. */
function findMailbox(name: string, { mailboxes }: Pick<UserProfile, 'mailboxes'>): string {
  const folded = foldText(name.trim());
  const same = (text: string | null): boolean => text !== null && foldText(text) === folded;
  const found =
    mailboxes.find(({ id }) => id === name) ??
    mailboxes.find(({ role }) => same(role)) ??
    mailboxes.find(({ path }) => same(path)) ??
    mailboxes.find((one) => same(one.name)) ??
    mailboxes.find(({ role }) => role !== null && ROLE_NAMES[role].includes(folded));
  if (found === undefined) throw new MailError('not-found', 'no such mailbox', { reason: 'mailbox' });
  return found.id;
}

function findAccount(name: string, { accounts }: Pick<UserProfile, 'accounts'>): string {
  const same = (text: string | null): boolean => text !== null && foldText(text) === foldText(name.trim());
  const found =
    accounts.find(({ id }) => id === name) ??
    accounts.find(({ email }) => same(email)) ??
    accounts.find((one) => same(one.name));
  if (found === undefined) throw new MailError('not-found', 'no such account', { reason: 'account' });
  return found.id;
}
