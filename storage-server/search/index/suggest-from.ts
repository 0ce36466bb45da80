import { listWords } from '../text/words.ts';
import type { IndexFile } from './index-store.ts';
import type { SearchAnswer, SearchRequest } from './thread-protocol.ts';

/** More mails of one are not counted. */
const MOST_COUNTED = 1000;
/** Of so many words that begin so the most usual are chosen. */
const MOST_WORDS = 40;

/** People and words of an index that begin like what is being typed, those of most mails first. */
export function suggestFrom(
  index: IndexFile,
  { begin, people, words }: Extract<SearchRequest, { kind: 'suggest' }>,
): Pick<SearchAnswer, 'people' | 'words'> {
  const all = { before: null, from: 0 };
  const count = (field: 'from' | null, found: string[]): number =>
    index.count({ kind: 'text', field, words: found, prefix: false, exact: true }, all, MOST_COUNTED);
  const counted = (words === 0 ? [] : index.findWords(begin, MOST_WORDS))
    .map((word) => ({ word, mails: count(null, [word]) }))
    .filter(({ mails }) => mails > 0)
    .toSorted((a, b) => b.mails - a.mails);
  const senders = (people === 0 ? [] : index.findPeople(begin, people))
    .map((one) => ({ ...one, mails: count('from', listWords(one.address)) }))
    .filter(({ mails }) => mails > 0);
  return { people: senders, words: counted.slice(0, words) };
}
