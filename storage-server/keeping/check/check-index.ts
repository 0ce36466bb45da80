import type { Reader } from '../../../server-kit/database/database.ts';
import { makeFinding, type Finding } from '../finding.ts';
import { openIndexCheck, type IndexCheck, type IndexedMail, type IndexPlace } from './index-check-store.ts';
import { readLastId } from '../keeping-store.ts';
import { readModseqsAfter, readTombstonesBetween } from './index-rows-store.ts';

const PAGE = 2000;
const END = Number.MAX_SAFE_INTEGER;

/** Compares a user's search index with his mails. The index is looked at first: a server that goes on is only ahead of it. */
export async function checkIndex(
  snapshot: <T>(work: (read: Reader) => Promise<T>) => Promise<T>,
  dataDir: string,
  user: string,
): Promise<Finding | null> {
  const index = openIndexCheck(dataDir, user);
  if (index === null) return null;
  if ('damaged' in index) return makeFinding('index-wrong', { user, detail: index.damaged });
  try {
    const detail = await snapshot(async (read) => await compareIndex(read, user, index));
    return detail === null ? null : makeFinding('index-wrong', { user, detail });
  } finally {
    index.close();
  }
}

async function compareIndex(read: Reader, user: string, index: IndexCheck): Promise<string | null> {
  const { state, unmatched } = index;
  const { modseq } = await readLastId(read, user);
  if (state.modseq > modseq || state.removed > modseq) return `ahead: ${state.modseq} of ${modseq}`;
  let missing = 0;
  let stray = 0;
  let after = 0;
  for (let more = true; more;) {
    const mails = await readModseqsAfter(read, user, after, PAGE);
    more = mails.length === PAGE;
    const last = more ? mails.at(-1)!.mail : END;
    const indexed = listUpTo(index, after, last);
    const known = new Map(indexed.map((one) => [one.mail, one.modseq]));
    const there = new Set(mails.map(({ mail }) => mail));
    missing += mails.filter((one) => isDone(one, state) && known.get(one.mail) !== one.modseq).length;
    const gone = indexed.filter(({ mail }) => !there.has(mail)).map(({ mail }) => mail);
    if (gone.length > 0) {
      // Removed since: the index has not heard of it yet.
      const recent = await readTombstonesBetween(read, user, state.removed, gone);
      stray += gone.length - recent;
    }
    after = last;
  }
  if (missing + stray + unmatched === 0) return null;
  return `missing ${missing}, stray ${stray}, without words ${unmatched}`;
}

function listUpTo(index: IndexCheck, after: number, last: number): IndexedMail[] {
  const found: IndexedMail[] = [];
  for (let from = after; ;) {
    const page = index.list(from, PAGE);
    for (const one of page) if (one.mail <= last) found.push(one);
    const end = page.at(-1);
    if (page.length < PAGE || end === undefined || end.mail >= last) return found;
    from = end.mail;
  }
}

function isDone({ mail, modseq }: IndexedMail, state: IndexPlace): boolean {
  return modseq < state.modseq || (modseq === state.modseq && mail <= state.mail);
}
