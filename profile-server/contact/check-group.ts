import { isMailAddress } from '../../common/compose/check-address.ts';
import { foldGroup } from '../../common/contact/list-groups.ts';
import { MailError } from '../../common/errors.ts';
import { contactGroup, type ContactGroup, type GroupMember } from '../../common/shapes/contact-group.ts';
import { checkShape } from '../profile/item/check-shape.ts';
import type { ItemRecord } from '../profile/profile-store.ts';

/** A group as it may be kept: its name is no other group's, each member once and, where it is an address, writable. */
export function checkGroup(id: string, value: unknown, existing: readonly ItemRecord[]): ContactGroup {
  const given = checkShape(contactGroup, value);
  const key = foldGroup(given.name);
  const taken = existing.some(
    (other) => other.id !== id && foldGroup((JSON.parse(other.value ?? 'null') as ContactGroup).name) === key,
  );
  if (taken) {
    throw new MailError('name-taken', 'a group of that name is there', {
      field: 'name',
      reason: 'contact-group',
    });
  }
  const members = new Map<string, GroupMember>();
  for (const { contact, address } of given.members) {
    if (address !== null && !isMailAddress(address)) {
      throw new MailError('invalid', `${address} is no address`, {
        field: 'members',
        reason: 'contact-address',
        params: { address },
      });
    }
    const known = `${contact ?? ''} ${address?.toLowerCase() ?? ''}`;
    if (!members.has(known)) members.set(known, { contact, address });
  }
  return { name: given.name, members: [...members.values()] };
}
