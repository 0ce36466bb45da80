import { MailError } from '../../common/errors.ts';
import type { MailRow } from '../../common/shapes/mail.ts';
import { MINUTE, SECOND } from '../../common/time.ts';
import type { StorageCore } from '../context.ts';
import { labelKey, packFlags } from '../mail/mail-record.ts';
import { askIndex, type AskCore } from './ask-index.ts';
import type { Found, IndexState } from './index/search-index.ts';
import type { NearShelf } from './index/sets/near-shelf.ts';
import type { Indexer } from './indexer.ts';
import { mayMatch } from './query/match-row.ts';
import { namePlaces } from './query/name-places.ts';
import { parseQuery } from './query/parse-query.ts';
import type { Query } from './query/query.ts';
import { readChangedKnown } from './search-store.ts';
import type { SearchPage, SearchQuestion } from './search.ts';

export interface FindCore extends AskCore, Pick<StorageCore, 'db' | 'home' | 'ids' | 'mails'> {
  indexer: Pick<Indexer, 'catchUp' | 'noteSeeker' | 'rebuild'>;
  near: Pick<NearShelf, 'find'>;
}

/** What came a moment ago should be found; an import of years is not waited for. */
const FRESH_WITHIN = SECOND;
/** A change of all results must miss none: it waits until everything is indexed. */
const COMPLETE_WITHIN = MINUTE;
/** More results than this are not counted. */
const MOST_COUNTED = 10_000;
/** Changes of rows that are taken over in one search while the index is far behind. */
const MOST_FOLLOWED = 2000;
const NUMBERS_AT_ONCE = 50_000;

/** See Search in search.ts. */
export async function findMails(core: FindCore, user: string, asked: SearchQuestion): Promise<SearchPage> {
  const { limit } = asked;
  const query = await readQuery(core, user, asked.query, asked.timeZone);
  const before = asked.after === null ? null : readCursor(asked.after);
  core.indexer.noteSeeker(user);
  const modseq = await core.mails.readModseq(user);
  let page = await findPage(core, user, query, before, limit + 1);
  let complete = isComplete(page.state, modseq);
  if (!complete) {
    if (!(await core.indexer.catchUp(user, FRESH_WITHIN))) await followRows(core, user, page.state.modseq);
    page = await findPage(core, user, query, before, limit + 1);
    complete = isComplete(page.state, modseq);
  }
  // While one thread counts, this one reads the rows.
  const [total, { mails, next }] = await Promise.all([
    complete ? countMails(core, user, query, before === null ? page : null) : null,
    readPage(core, user, query, page, limit),
  ]);
  return { mails, next, total, modseq: Math.min(modseq, page.state.modseq) };
}

async function readPage(
  core: FindCore,
  user: string,
  query: Query,
  first: FoundPage,
  limit: number,
): Promise<Pick<SearchPage, 'mails' | 'next'>> {
  let page = first;
  const mails: MailRow[] = [];
  for (;;) {
    const shown = page.found.slice(0, limit - mails.length);
    mails.push(...(await readRows(core, user, query, shown)));
    const last = shown.at(-1);
    const more = page.found.length > shown.length;
    if (!more || last === undefined) return { mails, next: null };
    if (mails.length >= limit) return { mails, next: last.place.toString(36) };
    // Some are gone, or no longer as the index knew them.
    page = await findPage(core, user, query, last.place, limit + 1 - mails.length);
  }
}

/** See Search in search.ts. */
export async function findNumbers(core: FindCore, user: string, text: string): Promise<number[]> {
  const query = await readQuery(core, user, text, null);
  if (!(await core.indexer.catchUp(user, COMPLETE_WITHIN))) {
    throw new MailError('unavailable', 'the index is behind', { reason: 'search-behind' });
  }
  const numbers: number[] = [];
  let before: number | null = null;
  for (;;) {
    const { found } = await findPage(core, user, query, before, NUMBERS_AT_ONCE);
    for (const { mail } of found) numbers.push(mail);
    if (found.length < NUMBERS_AT_ONCE) return numbers;
    before = found.at(-1)?.place ?? null;
  }
}

export async function readQuery(
  core: Pick<FindCore, 'home'>,
  user: string,
  text: string,
  timeZone: string | null,
): Promise<Query> {
  return namePlaces(parseQuery(text, timeZone), await core.home.readProfile(user));
}

/** While years of mail are imported, flags, labels and mailboxes of what is indexed are those of its rows all the same. */
async function followRows(core: FindCore, user: string, modseq: number): Promise<void> {
  const { newest } = await askIndex(core, { kind: 'state', user });
  const rows = await readChangedKnown(core.db.read, user, { modseq, newest }, MOST_FOLLOWED);
  if (rows.length > 0) await askIndex(core, { kind: 'index', user, rows });
}

interface FoundPage {
  found: Found[];
  state: IndexState;
  /** Whether there are no more than these. */
  whole: boolean;
}

/** At most so many are looked for by the thread that everybody waits for. */
const MOST_NEAR = 1000;

/** Stretch by stretch, so that others' searches come in between where there are very many mails. */
async function findPage(
  core: Pick<FindCore, 'near'> & AskCore,
  user: string,
  query: Query,
  from: number | null,
  limit: number,
): Promise<FoundPage> {
  const near = from === null && limit <= MOST_NEAR ? core.near.find(user, query, limit) : null;
  if (near !== null) return { ...near, whole: near.found.length < limit };
  const found: Found[] = [];
  for (let before = from; ;) {
    const answer = await askIndex(core, { kind: 'find', user, query, before, limit: limit - found.length });
    for (const one of answer.found) found.push(one);
    const { state, stop } = answer;
    if (found.length >= limit || stop === 0) return { found, state, whole: found.length < limit };
    before = stop;
  }
}

/** All results, of which `first` are the newest; null for too many. */
async function countMails(
  core: AskCore,
  user: string,
  query: Query,
  first: FoundPage | null,
): Promise<number | null> {
  if (first?.whole === true) return first.found.length;
  let count = 0;
  for (let before: number | null = null; count <= MOST_COUNTED && before !== 0;) {
    const most = MOST_COUNTED + 1 - count;
    const answer = await askIndex(core, { kind: 'count', user, query, before, most });
    count += answer.count;
    before = answer.stop;
  }
  return count > MOST_COUNTED ? null : count;
}

function isComplete(state: IndexState, modseq: number): boolean {
  return state.modseq >= modseq && state.removed >= modseq;
}

function readCursor(cursor: string): number {
  const place = /^[0-9a-z]{1,11}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN;
  if (!Number.isSafeInteger(place)) {
    throw new MailError('invalid', 'no such place in the results', { field: 'after' });
  }
  return place;
}

/** As they are now: removed mails are no results at once. */
async function readRows(
  core: FindCore,
  user: string,
  query: Query,
  found: readonly { mail: number }[],
): Promise<MailRow[]> {
  const rows = await core.mails.readRows(
    user,
    found.map(({ mail }) => core.ids.mail(user, mail)),
  );
  return rows.filter((row) =>
    mayMatch(query, {
      ...row,
      date: Date.parse(row.date),
      flags: packFlags(row.flags),
      labels: row.labels.map(labelKey),
    }),
  );
}
