import type { Address } from '../../../common/shapes/address.ts';
import type { KnownGroup } from '../../../common/contact/list-groups.ts';
import type { Contact } from '../../../common/shapes/contact.ts';

const MOST = 6;

/** Letters without accents and case, as people type names. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** A person, or a group and who is in it. */
export type Suggestion = Address & { people?: readonly Address[] };

/** A group that was typed by its name becomes those who are in it. */
export function expandGroups(groups: readonly KnownGroup[], typed: readonly Address[]): Address[] {
  return typed.flatMap((one) => groups.find(({ name }) => fold(name) === fold(one.address))?.people ?? [one]);
}

/** Groups and people whose name or address begins with what is typed, in any of their words; `taken` are left out. */
export function suggestPeople(
  contacts: readonly Contact[],
  groups: readonly KnownGroup[],
  typed: string,
  taken: readonly Address[],
): Suggestion[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const gone = new Set(taken.map(({ address }) => address.toLowerCase()));
  const starts = (text: string): boolean => {
    const own = text.split(/[\s,.-]+/);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  };
  const found: Suggestion[] = groups
    .filter(({ name, people }) => people.length > 0 && starts(fold(name)))
    .slice(0, 3)
    .map(({ name, people }) => ({ name: null, address: `${name} (${people.length})`, people }));
  for (const { name, organisation, emails } of contacts) {
    for (const { address } of emails) {
      if (gone.has(address.toLowerCase())) continue;
      const own = [
        ...fold(`${name} ${organisation ?? ''}`).split(/[\s,.-]+/),
        fold(address),
        fold(address.split('@')[1] ?? ''),
      ];
      if (!words.every((word) => own.some((one) => one.startsWith(word)))) continue;
      gone.add(address.toLowerCase());
      found.push({ name: name || null, address });
      if (found.length === MOST) return found;
    }
  }
  return found;
}
