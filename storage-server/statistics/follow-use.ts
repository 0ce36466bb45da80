import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { UseWay } from '../../common/shapes/use.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { readCursor, saveCursor } from '../background/cursor-store.ts';
import type { StorageCore } from '../context.ts';
import type { UserProfile } from '../home/home.ts';
import { SEEN, packFlags, splitAccounts } from '../mail/mail-record.ts';
import { readCounter } from '../mail/mail-store.ts';
import { addTallies } from './add-tallies.ts';
import { countOver, countReceived, countSent, LONGEST_WAIT, type Counted, type Tally } from './count-mail.ts';
import { nameProvider, nameSendersProvider } from './name-provider.ts';
import * as store from './use-store.ts';

export type UseCore = Pick<StorageCore, 'clock' | 'db' | 'home' | 'ids' | 'log'>;

/** One transaction for so many mails. */
const BATCH = 500;
const ANSWERED = packFlags(['answered']);

/** Counts one batch of what changed of a user's mail; false when nothing is left. */
export async function followNext(core: UseCore, user: string): Promise<boolean> {
  const { read } = core.db;
  // Read first: what is committed meanwhile stands behind it.
  const { modseq } = await readCounter(read, user);
  const before = await readCursor(read, 'use_cursor', user);
  const found = await store.readChangedMails(read, user, before, BATCH);
  const last = found.at(-1);
  const cursor =
    found.length < BATCH || last === undefined
      ? { modseq: Math.max(modseq, before.modseq), mail: Number.MAX_SAFE_INTEGER }
      : { modseq: last.modseq, mail: last.id };
  if (cursor.modseq === before.modseq && cursor.mail === before.mail) return false;
  const profile = found.length === 0 ? null : await core.home.readProfile(user);
  const counted = profile === null ? [] : await countMails(core, user, profile, found);
  await core.db.write(async (tx) => {
    await saveTallies(
      tx,
      user,
      counted.flatMap(({ tallies }) => tallies),
    );
    await store.saveOpenMails(
      tx,
      user,
      counted.flatMap(({ open }) => open ?? []),
    );
    await saveCursor(tx, 'use_cursor', user, cursor);
  });
  return found.length === BATCH;
}

/** Counts what nobody read or answered within a week, and forgets it; how many mails there were. */
export async function settleOver(core: UseCore): Promise<number> {
  const over = await store.readOver(core.db.read, core.clock.now() - LONGEST_WAIT, BATCH);
  for (const user of new Set(over.map((one) => one.user))) {
    const own = over.filter((one) => one.user === user);
    const timeZone = await readTimeZone(core, user);
    await core.db.write(async (tx) => {
      await saveTallies(
        tx,
        user,
        own.flatMap((one) => countOver(one, timeZone)),
      );
      await store.forgetOpenMails(
        tx,
        user,
        own.map(({ mail }) => mail),
      );
    });
  }
  return over.length;
}

async function countMails(
  core: UseCore,
  user: string,
  profile: UserProfile,
  mails: readonly store.ChangedMail[],
): Promise<Counted[]> {
  const numbers = mails.map(({ id }) => id);
  const noted = await store.readOpenMails(core.db.read, user, numbers);
  const open = new Map(noted.map((one) => [one.mail, one]));
  const counted: Counted[] = [];
  for (const mail of mails) {
    const known = open.get(mail.id) ?? null;
    const around = { now: core.clock.now(), timeZone: profile.timeZone };
    const [account] = splitAccounts(mail.accounts);
    if (account === undefined) {
      const sent = mail.send_key === null ? null : await findWay(core, user, mail.id);
      if (sent === null) continue;
      const provider = nameSendersProvider(profile, sent.from);
      counted.push(countSent({ ...mail, at: sent.at, way: sent.way }, known, { ...around, provider }));
      continue;
    }
    const seen = {
      ...mail,
      isRead: (mail.flags & SEEN) !== 0,
      isAnswered: (mail.flags & ANSWERED) !== 0,
      isAsItCame: mail.modseq === mail.added,
    };
    counted.push(countReceived(seen, known, { ...around, provider: nameProvider(profile, account) }));
  }
  return counted;
}

/** Null for what has not left yet. */
async function findWay(
  core: Pick<UseCore, 'db' | 'ids'>,
  user: string,
  mail: number,
): Promise<{ at: number; way: UseWay; from: string } | null> {
  const sent = await store.readSent(core.db.read, user, core.ids.mail(user, mail));
  if (sent?.state !== 'taken') return null;
  const { due_at: at, mail_from: from } = sent;
  if (sent.queue_id === sent.send_key) return { at, way: 'program', from };
  const { route } = JSON.parse(sent.detail ?? '{}') as Partial<RecipientStatus>;
  return route === undefined || route === null ? null : { at, way: route, from };
}

async function saveTallies(tx: Writer, user: string, tallies: readonly Tally[]): Promise<void> {
  for (const month of new Set(tallies.map((one) => one.month))) {
    const own = tallies.filter((one) => one.month === month);
    const before = await store.readMonthCounts(tx, user, month);
    await store.saveMonthCounts(tx, user, month, addTallies(before, own));
  }
}

/** Of a user who is gone UTC is as good as any. */
async function readTimeZone(core: Pick<UseCore, 'home' | 'log'>, user: string): Promise<string | null> {
  try {
    return (await core.home.readProfile(user)).timeZone;
  } catch (error) {
    core.log.debug('use.no-profile', { user, error });
    return null;
  }
}
