import { DAY } from '../../../common/time.ts';

/** An answer without references is one of mails that are not older than this. */
export const SUBJECT_WINDOW = 30 * DAY;

/** What is known of a mail with the same base subject. Addresses in lower case. */
export interface SubjectMail {
  thread: number;
  date: number;
  /** By its subject's prefix, or because it answers something that is not here. */
  answer: boolean;
  from: readonly string[];
  to: readonly string[];
}

/**
 * The thread of the mail with the same subject that this one answers, or that answers this one; the nearest in time.
 * Null where nothing fits: when in doubt two conversations.
 */
export function chooseBySubject(
  mail: Omit<SubjectMail, 'thread'>,
  others: readonly SubjectMail[],
): number | null {
  const fitting = others.filter((other) => {
    const [earlier, later] = other.date <= mail.date ? [other, mail] : [mail, other];
    return later.answer && later.date - earlier.date <= SUBJECT_WINDOW && isAnswered(earlier, later);
  });
  const distance = (other: SubjectMail): number => Math.abs(other.date - mail.date);
  return fitting.toSorted((a, b) => distance(a) - distance(b) || a.thread - b.thread)[0]?.thread ?? null;
}

type People = Pick<SubjectMail, 'from' | 'to'>;

/**
 * Who took part in the first wrote the second, and somebody else of the first gets it. The user alone is no overlap:
 * everything in his store is from him or to him.
 */
function isAnswered(first: People, second: People): boolean {
  const people = new Set([...first.from, ...first.to]);
  const author = second.from.find((address) => people.has(address));
  if (author === undefined) return false;
  return second.to.some((address) => people.has(address) && address !== author);
}
