import { formatAddress, type SieveAddress } from '../header/address-list.ts';
import type { Call } from '../language/call.ts';
import type { TagRule } from '../language/definition.ts';

/** RFC 5228 2.7.4 and, with `+` as separator, RFC 5233. */
export const PART_TAGS: readonly TagRule[] = [
  { name: 'all', group: 'part' },
  { name: 'localpart', group: 'part' },
  { name: 'domain', group: 'part' },
  { name: 'user', group: 'part', extension: 'subaddress' },
  { name: 'detail', group: 'part', extension: 'subaddress' },
];

/** The part of an address that a call compares; null when it has none, as one without detail. */
export function pickPart({ tags }: Call, { localPart, domain }: SieveAddress): string | null {
  if (tags.has('localpart')) return localPart;
  if (tags.has('domain')) return domain;
  const plus = localPart.indexOf('+');
  if (tags.has('user')) return plus < 0 ? localPart : localPart.slice(0, plus);
  if (tags.has('detail')) return plus < 0 ? null : localPart.slice(plus + 1);
  return formatAddress({ localPart, domain });
}

export function comparesAll({ tags }: Call): boolean {
  return !PART_TAGS.some(({ name }) => name !== 'all' && tags.has(name));
}
