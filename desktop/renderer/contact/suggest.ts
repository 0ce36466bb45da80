import type { Address } from '../../../common/shapes/address.ts';
import type { Contact } from '../../../common/shapes/contact.ts';

const MOST = 6;

/** Letters without accents and case, as people type names. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** People whose name or address begins with what is typed, in any of their words; `taken` are left out. */
export function suggestPeople(
  contacts: readonly Contact[],
  typed: string,
  taken: readonly Address[],
): Address[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const gone = new Set(taken.map(({ address }) => address.toLowerCase()));
  const found: Address[] = [];
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
