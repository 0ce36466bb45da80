import { MailError } from '../../common/errors.ts';
import { foldHost, readDomain } from '../../common/host.ts';
import { findProviderOfHost } from '../../common/providers/find-provider.ts';
import { HOUR, MINUTE, type Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { readCursor, saveCursor } from '../background/cursor-store.ts';
import type { StorageCore } from '../context.ts';
import { readCounter } from '../mail/mail-store.ts';
import type { ThreadPool } from '../thread/thread-pool.ts';
import type { JudgeRequest, Judgement } from './judge-mail.ts';
import * as store from './origin-store.ts';

export type OriginCore = Pick<StorageCore, 'clock' | 'db' | 'home' | 'log'>;
export type JudgePool = Pick<ThreadPool<JudgeRequest, Judgement>, 'ask'>;

/** One transaction for so many verdicts. */
const BATCH = 64;
const MOST_UNNOTED = 1000;
/** They mostly wait for the DNS. */
const AT_ONCE = 8;
/** Longer than the thread allows itself: something is wrong with it. */
const LIMIT = 2 * MINUTE;
/** Waits between tries; after the last one the verdict stays `temperror`. */
const PAUSES: readonly Millis[] = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR];

/** Until what could not even be asked about is asked about again; no try is counted. */
const PUT_OFF = HOUR;

/** Judges one batch of what came for a user; false when nothing is left. */
export async function judgeNext(core: OriginCore, pool: JudgePool, user: string): Promise<boolean> {
  // Read first: what is committed meanwhile stands behind it.
  const { modseq } = await readCounter(core.db.read, user);
  const before = await readCursor(core.db.read, 'origin_cursor', user);
  const found = await store.readUnjudged(core.db.read, user, before, BATCH);
  const last = found.at(-1);
  // A mail that came through several accounts may be cut in two: then it is looked at again.
  const cursor =
    found.length < BATCH || last === undefined
      ? { modseq: Math.max(modseq, before.modseq), mail: Number.MAX_SAFE_INTEGER }
      : { modseq: last.modseq, mail: last.mail - 1 };
  // Flags that change need no note: at the next start they are looked over again.
  if (found.length === 0 && cursor.modseq < before.modseq + MOST_UNNOTED) return false;
  const verdicts = await judgeAll(core, pool, user, found);
  await core.db.write(async (tx) => {
    await store.saveVerdicts(tx, user, verdicts);
    await forgetRemoved(tx, user, verdicts);
    await saveCursor(tx, 'origin_cursor', user, cursor);
  });
  return found.length === BATCH;
}

/** Tries again what is due; how many there were. */
export async function judgeDue(core: OriginCore, pool: JudgePool): Promise<number> {
  const due = await store.readDue(core.db.read, core.clock.now(), BATCH);
  for (const user of new Set(due.map((one) => one.user))) {
    const own = due.filter((one) => one.user === user);
    try {
      const verdicts = await judgeAll(core, pool, user, own);
      await core.db.write(async (tx) => {
        await store.saveVerdicts(tx, user, verdicts);
        await forgetRemoved(tx, user, verdicts);
      });
    } catch (error) {
      if (error instanceof MailError && error.reason === 'closing') throw error;
      // A user whose profile cannot be read, such as one whose home is elsewhere now, keeps nobody waiting who comes behind him.
      core.log.warn('origin.put-off', { error, user });
      const mails = own.map(({ mail }) => mail);
      await core.db.write(async (tx) => await store.putOff(tx, user, mails, core.clock.now() + PUT_OFF));
    }
  }
  return due.length;
}

async function forgetRemoved(tx: Writer, user: string, verdicts: readonly store.Verdict[]): Promise<void> {
  await store.forgetRemoved(
    tx,
    user,
    verdicts.map(({ mail }) => mail),
  );
}

async function judgeAll(
  core: OriginCore,
  pool: JudgePool,
  user: string,
  originals: readonly store.Unjudged[],
): Promise<store.Verdict[]> {
  if (originals.length === 0) return [];
  const { accounts } = await core.home.readProfile(user);
  const waiting = [...originals];
  const verdicts: store.Verdict[] = [];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const account = accounts.find(({ id }) => id === one.account);
      const request = makeRequest(one, account ?? null, core.clock.now());
      verdicts.push(await judgeOne(core, pool, one, request));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return verdicts;
}

async function judgeOne(
  core: OriginCore,
  pool: JudgePool,
  { mail, account, tries, user }: store.Unjudged,
  request: JudgeRequest,
): Promise<store.Verdict> {
  const now = core.clock.now();
  const kept = { mail, account, judgedAt: now, tries: tries + 1 };
  try {
    const { authentication, temporary } = await pool.ask(request, LIMIT);
    const pause = temporary ? PAUSES[tries] : undefined;
    const verdict = JSON.stringify(authentication);
    return { ...kept, verdict, nextTry: pause === undefined ? null : now + pause };
  } catch (error) {
    // The server is being stopped: that is no try.
    if (error instanceof MailError && error.reason === 'closing') throw error;
    core.log.warn('origin.failed', { error, user, mail });
    const pause = PAUSES[tries];
    // One mail that cannot be judged does not hold up the others; `show` has nothing to say of it.
    return { ...kept, verdict: 'null', nextTry: pause === undefined ? null : now + pause };
  }
}

function makeRequest(
  { header, body, size }: store.Unjudged,
  account: { email: string; pop3: { host: string } } | null,
  now: Millis,
): JudgeRequest {
  const host = account === null ? undefined : foldHost(account.pop3.host);
  const known = host === undefined ? null : findProviderOfHost(host);
  return {
    header,
    body,
    size,
    now,
    provider: {
      domain: account === null ? '' : readDomain(account.email),
      hosts: [...(host === undefined ? [] : [host]), ...(known?.domains ?? []), ...(known?.mxEnds ?? [])],
      authservIds: [...(known?.authservIds ?? [])],
    },
  };
}
