import { isMailAddress } from '../compose/check-address.ts';
import { decodePercent } from '../compose/decode-percent.ts';
import type { ContactGroup, GroupMember } from '../shapes/contact-group.ts';
import type { Property } from './content-lines.ts';
import { unescapeText } from './escapes.ts';

/** A group of a file: its members by their place among the file's contacts, or by address. */
export interface ParsedGroup {
  name: string;
  members: ({ at: number } | { address: string })[];
}

/** Before it is known which cards the file has; `members` as they are written. */
export interface GroupCard {
  name: string;
  members: string[];
}

/** Ids in a form that MEMBER takes, which is a URI (RFC 8141). */
const URN = 'urn:valija:';
const MOST_MEMBERS = 2000;
const LONGEST_NAME = 200;

export function writeUid(id: string): string {
  return `${URN}${id}`;
}

/** What a UID and a MEMBER are compared by. */
export function readUid(value: string): string {
  return unescapeText(value)
    .trim()
    .replace(/^urn:(?:uuid|valija):/i, '')
    .toLowerCase();
}

/** Null for a card of somebody. */
export function readGroupCard(properties: readonly Property[]): GroupCard | null {
  const kind = properties.find(({ name }) => name === 'KIND' || name === 'X-ADDRESSBOOKSERVER-KIND');
  if (kind?.value.trim().toLowerCase() !== 'group') return null;
  const name = properties.find((one) => one.name === 'FN' || one.name === 'N')?.value ?? '';
  const members = properties
    .filter((one) => one.name === 'MEMBER' || one.name === 'X-ADDRESSBOOKSERVER-MEMBER')
    .slice(0, MOST_MEMBERS);
  const shown = unescapeText(name.replace(/;+\s*$/, ''))
    .trim()
    .slice(0, LONGEST_NAME);
  return { name: shown, members: members.map(({ value }) => value.trim()) };
}

/** Members that the file has no card of, and that are no address, are left out. */
export function findMembers(group: GroupCard, places: ReadonlyMap<string, number>): ParsedGroup {
  const members = group.members.flatMap((value): ParsedGroup['members'] => {
    const at = places.get(readUid(value));
    if (at !== undefined) return [{ at }];
    const address = /^mailto:/i.test(value) ? decodePercent(value.slice(7)) : '';
    return isMailAddress(address) ? [{ address }] : [];
  });
  return { name: group.name, members };
}

/** The groups of a file as the address book keeps them; `ids` are those of the file's contacts, null where one was refused. */
export function placeGroups(groups: readonly ParsedGroup[], ids: readonly (string | null)[]): ContactGroup[] {
  return groups
    .filter(({ name }) => name !== '')
    .map(({ name, members }) => ({
      name,
      members: members.flatMap((one): GroupMember[] => {
        if ('address' in one) return [{ contact: null, address: one.address }];
        const contact = ids[one.at] ?? null;
        return contact === null ? [] : [{ contact, address: null }];
      }),
    }));
}
