import { MailError } from '../../common/errors.ts';
import type { MailRow } from '../../common/shapes/mail.ts';
import { SECOND } from '../../common/time.ts';
import type { KeyedLock } from '../../server-kit/keyed-lock.ts';
import type { StorageCore } from '../context.ts';
import { packFlags } from '../mail/mail-record.ts';
import type { ThreadPool } from '../thread/thread-pool.ts';
import { isDamaged } from './index/is-damaged.ts';
import type { SearchAnswer, SearchRequest } from './index/thread-protocol.ts';
import type { Indexer } from './indexer.ts';
import { mayMatch } from './query/match-row.ts';
import { namePlaces } from './query/name-places.ts';
import { parseQuery } from './query/parse-query.ts';
import { planQuery } from './query/plan-query.ts';
import type { Query } from './query/query.ts';
import type { Search, SearchPage } from './search.ts';

export interface FindCore extends Pick<StorageCore, 'home' | 'ids' | 'mails'> {
  /** Of each user one search after the other, or one alone could fill the thread. */
  turns: KeyedLock;
  pool: Pick<ThreadPool<SearchRequest, SearchAnswer>, 'ask'>;
  indexer: Pick<Indexer, 'catchUp' | 'rebuild'>;
}

/** What came a moment ago should be found; an import of years is not waited for. */
const FRESH_WITHIN = SECOND;
/** Nobody waits longer, and the next search gets a new thread. */
const LIMIT = 10 * SECOND;
/** More results than this are not counted. */
const MOST_COUNTED = 10_000;

/** See Search in search.ts. */
export async function findMails(
  core: FindCore,
  user: string,
  asked: Parameters<Search['find']>[1],
): Promise<SearchPage> {
  const { limit } = asked;
  const query = namePlaces(parseQuery(asked.query, asked.timeZone), await core.home.readProfile(user));
  const plan = planQuery(query);
  let after = asked.after === null ? null : readCursor(asked.after);
  const modseq = await core.mails.readModseq(user);
  const find = async (most: number): Promise<SearchAnswer> =>
    await ask(core, { kind: 'find', user, plan, after, limit: limit + 1, most });
  let answer = await find(MOST_COUNTED + 1);
  let complete = isComplete(answer, modseq);
  if (!complete && (await core.indexer.catchUp(user, FRESH_WITHIN))) {
    answer = await find(MOST_COUNTED + 1);
    complete = isComplete(answer, modseq);
  }
  const total = complete && answer.count <= MOST_COUNTED ? answer.count : null;
  const mails: MailRow[] = [];
  for (;;) {
    const page = answer.found.slice(0, limit - mails.length);
    mails.push(...(await readRows(core, user, query, page)));
    const last = page.at(-1);
    const more = answer.found.length > page.length;
    if (!more || last === undefined) return { mails, next: null, total };
    if (mails.length >= limit) return { mails, next: last.id.toString(36), total };
    // Some are gone, or no longer as the index knew them.
    after = last.id;
    answer = await find(0);
  }
}

async function ask(core: FindCore, request: SearchRequest): Promise<SearchAnswer> {
  try {
    return await core.turns.run(request.user, async () => await askThread(core, request));
  } catch (cause) {
    if (!isDamaged(cause)) throw cause;
    await core.indexer.rebuild(request.user);
    throw new MailError('unavailable', 'the index is damaged', { reason: 'search-index', cause });
  }
}

/** The thread may have been ended for what somebody else was looking for. */
async function askThread(core: FindCore, request: SearchRequest): Promise<SearchAnswer> {
  try {
    return await core.pool.ask(request, LIMIT);
  } catch (error) {
    if (!(error instanceof MailError) || error.reason !== 'stopped') throw error;
    return await core.pool.ask(request, LIMIT);
  }
}

function isComplete({ state }: SearchAnswer, modseq: number): boolean {
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
    mayMatch(query, { ...row, date: Date.parse(row.date), flags: packFlags(row.flags) }),
  );
}
