import type { Address } from '../../../common/shapes/address.ts';

const ADDRESS = /^[\s"'<(]*([^\s"'<>()@]+@[^\s"'<>()@]+)[\s"'>)]*$/;

/** How a person is called in a list: the name, else the address. A name that is somebody else's address is none. */
export function nameOf({ name, address }: Address): string {
  const called = name?.trim() ?? '';
  const claimed = ADDRESS.exec(called)?.[1];
  const lies = claimed !== undefined && address !== '' && claimed.toLowerCase() !== address.toLowerCase();
  return called === '' || lies ? address : called;
}

/** "Ana, Luis, +2": the first names of a crowd. */
export function listNames(people: readonly Address[], most: number): string {
  const names = people.slice(0, most).map(nameOf);
  const rest = people.length - names.length;
  return rest > 0 ? `${names.join(', ')}, +${rest}` : names.join(', ');
}

/** One or two letters for the round mark beside a person. */
export function initialsOf(person: Address): string {
  const words = nameOf(person)
    .replace(/@.*$/, '')
    .split(/[\s._-]+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = Array.from(words[0] ?? '?')[0] ?? '?';
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** `Name <address>`, with quotes where the name needs them. */
export function formatAddress({ name, address }: Address): string {
  if (name === null || name.trim() === '') return address;
  const plain = /^[\p{L}\p{N} .'_-]+$/u.test(name);
  return `${plain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}
