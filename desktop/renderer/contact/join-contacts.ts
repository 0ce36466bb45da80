import { foldGroup } from '../../../common/contact/list-groups.ts';
import type { ContactGroup, GroupMember } from '../../../common/shapes/contact-group.ts';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { WithId } from '../profile/profile-store.ts';

/**
 * One card with what either holds, the first one's before the other's: mail goes to the first address; where both say something
 * else, the first one's word, and the note keeps both.
 */
export function joinContacts(first: Contact, second: Contact): Contact {
  const both = <T>(a: readonly T[], b: readonly T[], key: (one: T) => string): T[] => {
    const known = new Set(a.map(key));
    return [...a, ...b.filter((one) => !known.has(key(one)))];
  };
  const notes = [first.note, second.note].filter((note) => note !== null && note !== '');
  return {
    name: first.name || second.name,
    emails: both(first.emails, second.emails, ({ address }) => address.toLowerCase()).slice(0, 50),
    phones: both(first.phones, second.phones, ({ number }) => number.replace(/[^\d+]/g, '')).slice(0, 50),
    organisation: first.organisation ?? second.organisation,
    title: first.title ?? second.title,
    note: notes.length === 0 ? null : [...new Set(notes)].join('\n').slice(0, 10_000),
    groups: both(first.groups, second.groups, foldGroup).slice(0, 50),
    vcard: first.vcard ?? second.vcard,
    collected: first.collected && second.collected,
  };
}

/** A group in which the second card is a member, with the first one instead; null for a group that stays as it is. */
export function moveMember(
  { name, members }: ContactGroup,
  first: WithId<Contact>,
  second: WithId<Contact>,
): ContactGroup | null {
  if (members.every(({ contact }) => contact !== second.id)) return null;
  const moved = members.map((one): GroupMember => {
    if (one.contact !== second.id) return one;
    // What it meant by none is the second address now.
    const address = one.address ?? second.emails[0]?.address ?? null;
    return { contact: first.id, address: isSame(address, first.emails[0]?.address) ? null : address };
  });
  // He may have been in it by both cards.
  const known = new Map(moved.map((one) => [`${one.contact} ${one.address?.toLowerCase()}`, one]));
  return { name, members: [...known.values()] };
}

function isSame(one: string | null, other: string | undefined): boolean {
  return (one ?? '').toLowerCase() === (other ?? '').toLowerCase();
}
