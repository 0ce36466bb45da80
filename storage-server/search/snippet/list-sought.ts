import { listStems } from '../text/stems.ts';
import type { ListForms } from '../query/plan-query.ts';
import type { Query } from '../query/query.ts';

/** Words that stand behind each other; of each all that count as it. */
export type SoughtPhrase = ((word: string) => boolean)[];

/** What of a query can be marked in a mail's own text: words that are wanted, anywhere or in names of files. */
export function listSought(query: Query, forms: ListForms): SoughtPhrase[] {
  if (query.kind === 'and' || query.kind === 'or') return query.of.flatMap((one) => listSought(one, forms));
  if (query.kind !== 'text' || (query.field !== null && query.field !== 'filename')) return [];
  const { words, exact, prefix } = query;
  if (!exact && !prefix) {
    const all = new Set(forms(words[0] ?? ''));
    return [[(word) => all.has(word) || listStems(word).some((stem) => all.has(stem))]];
  }
  const phrase = words.map((sought, index) => {
    const begins = prefix && index === words.length - 1;
    return (word: string) => (begins ? word.startsWith(sought) : word === sought);
  });
  return [phrase];
}
