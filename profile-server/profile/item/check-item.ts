import { MailError } from '../../../common/errors.ts';
import type { ItemValue, ProfilePart } from '../../../common/shapes/profile.ts';
import { checkContact } from '../../contact/check-contact.ts';
import { checkGroup } from '../../contact/check-group.ts';
import { checkIdentity } from '../../identity/identity-rule.ts';
import { checkRule } from '../../rule/check-rule.ts';
import { checkLabel } from './label-rule.ts';
import { checkMailbox, checkMailboxRemoval } from './mailbox-rule.ts';
import { checkPreference } from './preference-rule.ts';
import { checkTemplate } from './template-rule.ts';
import type { ItemRecord } from '../profile-store.ts';

const MOST_ITEMS = 2000;
/** Loaded for themselves, not with every sign-in. */
export const MOST_CONTACTS = 10_000;

export interface CheckedChange {
  part: ProfilePart;
  id: string;
  isNew: boolean;
  /** Null removes. */
  value: ItemValue;
}

/** A value of any part but accounts as it may be kept beside its siblings; MailError says why not. */
export function checkItem(
  { part, id, isNew, value }: CheckedChange,
  siblings: readonly ItemRecord[],
  accounts: readonly ItemRecord[],
): ItemValue {
  if (part === 'preferences') return checkPreference(id, value);
  if (isNew) demandRoom(part, siblings.length);
  if (value === null) {
    if (isNew)
      throw new MailError('invalid', 'a new item needs a value', { field: 'value', reason: 'input' });
    if (part === 'mailboxes') checkMailboxRemoval(id, siblings);
    return null;
  }
  if (part === 'mailboxes') return checkMailbox(id, value, siblings);
  if (part === 'rules') return checkRule(id, value, siblings);
  if (part === 'labels') return checkLabel(id, value, siblings);
  if (part === 'contacts') return checkContact(value);
  if (part === 'groups') return checkGroup(id, value, siblings);
  if (part === 'templates') return checkTemplate(id, value, siblings);
  return checkIdentity(id, value, accounts);
}

/** MailError `quota` when a part with so many items takes no more. */
export function demandRoom(part: ProfilePart, count: number): void {
  const limit = part === 'contacts' ? MOST_CONTACTS : MOST_ITEMS;
  if (count < limit) return;
  throw new MailError('quota', `more than ${limit} ${part}`, { reason: 'too-many', params: { limit } });
}
