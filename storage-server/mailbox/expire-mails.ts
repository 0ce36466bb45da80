import { setImmediate } from 'node:timers/promises';
import { DAY } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { removeStates } from '../mail/change/change-states.ts';
import type { MailCore } from '../mail/mail-core.ts';
import { advanceCounter, type PagePlace } from '../mail/mail-store.ts';
import { readCounters } from './counter-store.ts';
import * as store from './expire-store.ts';

/** Mails that are looked at in one turn, and users who take turns. */
const STEP = 500;
const USERS = 20;

type Core = Pick<MailCore, 'db' | 'home' | 'ids' | 'clock' | 'events'> & { log: Logger };

/** A mailbox that is being gone through; what came into it before `before` (ms) goes. */
interface Walk {
  user: string;
  mailbox: string;
  before: number;
  after: PagePlace | null;
}

/**
 * Removes for ever what has lain in Trash or Junk for longer than its user wants, in small steps, users taking turns.
 * Answers how many mails went; a user whose profile cannot be read now is looked at the next time.
 */
export async function expireMails(core: Core, signal?: AbortSignal): Promise<number> {
  const users = await store.findUsers(core.db.read);
  let removed = 0;
  let walks: Walk[] = [];
  for (;;) {
    while (walks.length < USERS && users.length > 0)
      walks.push(...(await listWalks(core, users.pop() ?? '')));
    if (walks.length === 0 || signal?.aborted === true) return removed;
    const next: Walk[] = [];
    for (const walk of walks) {
      const step = await takeStep(core, walk);
      removed += step.removed;
      if (step.after !== null) next.push({ ...walk, after: step.after });
      await setImmediate();
    }
    walks = next;
  }
}

async function listWalks(core: Core, user: string): Promise<Walk[]> {
  try {
    const counters = await readCounters(core.db.read, user);
    const { mailboxes, trashDays, junkDays } = await core.home.readProfile(user);
    return mailboxes.flatMap(({ id, role }) => {
      const days = role === 'trash' ? trashDays : role === 'junk' ? junkDays : null;
      if (days === null || (counters.get(id)?.total ?? 0) === 0) return [];
      return [{ user, mailbox: id, before: core.clock.now() - days * DAY, after: null }];
    });
  } catch (error) {
    core.log.warn('mailbox.expire-skipped', { error });
    return [];
  }
}

/** `after` null: the mailbox has no more. */
async function takeStep(
  core: Core,
  { user, mailbox, before, after }: Walk,
): Promise<{ removed: number; after: PagePlace | null }> {
  const placed = await store.readPlaced(core.db.read, user, { mailbox, after, limit: STEP });
  const last = placed.length < STEP ? null : (placed.at(-1) ?? null);
  const mails = placed.filter((one) => one.moved_at < before).map(({ id }) => id);
  if (mails.length === 0) return { removed: 0, after: last };
  const { removed, modseq } = await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    // As it is now: what was taken back meanwhile stays.
    const states = await store.findExpired(tx, user, { mails, mailbox, before });
    return { removed: await removeStates(core, tx, user, { states, modseq }), modseq };
  });
  if (removed > 0) core.events.publish(user, { type: 'changed', modseq });
  return { removed, after: last };
}
