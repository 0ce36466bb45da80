import { MailError } from '../../common/errors.ts';
import { NEVER_SNOOZED, SNOOZE_LIMIT, type Snooze } from '../../common/shapes/snooze.ts';
import { formatTime } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { StorageCore } from '../context.ts';
import { changeStates } from '../mail/change/change-states.ts';
import { findStates } from '../mail/change/change-store.ts';
import { advanceCounter } from '../mail/mail-store.ts';
import type { Candidate } from '../mail/selection/filter.ts';
import { findCandidates } from '../mail/selection/selection-store.ts';
import type { Selections } from '../mail/selection/selections.ts';
import { readLater } from '../read-later.ts';
import { isPutOff } from './is-put-off.ts';
import * as store from './snooze-store.ts';
import type { Snoozes } from './snoozes.ts';

export type SnoozeCore = Pick<StorageCore, 'db' | 'clock' | 'events' | 'home' | 'ids' | 'log' | 'mails'> & {
  selections: Pick<Selections, 'resolve'>;
};

/** `wake`: something may be due sooner than known so far. */
export function makeSnoozes(core: SnoozeCore & { wake: () => void }): Snoozes {
  const { db, events } = core;
  return {
    set: async (user, selection, at) => {
      const time = readLater(at, core.clock.now());
      const selected = await core.selections.resolve(user, selection);
      const numbers: number[] = [];
      for await (const step of selected.numbers()) {
        numbers.push(...step);
        if (numbers.length > SNOOZE_LIMIT) throw refuseMore();
      }
      const archive = await core.home.findMailbox(user, 'archive');
      const refused = await listRefused(core, user);
      const { rows, modseq } = await db.write(async (tx) => {
        const { modseq } = await advanceCounter(tx, user, 0);
        const mails = (await findCandidates(tx, user, numbers)).filter((mail) => selected.fits(mail));
        if (mails.length === 0) throw new MailError('not-found', 'no such mail', { reason: 'mail' });
        if (mails.some(({ mailbox }) => refused.has(mailbox))) throw refuseRole();
        await store.dropMoved(tx, user);
        const rows = await putOff(core, tx, user, { mails, archive: archive.id, time, modseq });
        if ((await store.countWaiting(tx, user)) > SNOOZE_LIMIT) throw refuseMore();
        return { rows, modseq };
      });
      events.publish(user, { type: 'changed', modseq });
      events.publish(user, { type: 'snooze', mail: null });
      core.wake();
      return await showSnoozes(core, user, rows);
    },
    list: async (user) => {
      const rows = await store.listSnoozes(db.read, user);
      const places = await store.findPlaces(
        db.read,
        user,
        rows.map(({ mail }) => mail),
      );
      return await showSnoozes(
        core,
        user,
        rows.filter((row) => isPutOff(row, places.get(row.mail))),
      );
    },
    end: async (user, mails) => await endSnoozes(core, user, mails),
  };
}

async function putOff(
  core: SnoozeCore,
  tx: Writer,
  user: string,
  work: { mails: readonly Candidate[]; archive: string; time: number; modseq: number },
): Promise<store.SnoozeRow[]> {
  const numbers = work.mails.map(({ id }) => id);
  const known = new Map((await store.findSnoozes(tx, user, numbers)).map((row) => [row.mail, row]));
  const before = await store.findPlaces(tx, user, numbers);
  const change = { mailbox: work.archive };
  await changeStates(core, tx, user, { states: work.mails, change: () => change, modseq: work.modseq });
  const after = await store.findPlaces(tx, user, numbers);
  const rows = work.mails.map(({ id, mailbox }): store.SnoozeRow => {
    const former = known.get(id);
    const again = former?.state === 'waiting' && isPutOff(former, before.get(id));
    const place = after.get(id);
    return {
      user,
      mail: id,
      at: work.time,
      state: 'waiting',
      home: again ? former.home : mailbox,
      mailbox: work.archive,
      movedAt: place?.movedAt ?? 0,
    };
  });
  await store.saveSnoozes(tx, rows);
  return rows;
}

async function endSnoozes(core: SnoozeCore, user: string, mails: readonly string[]): Promise<number> {
  const numbers = [...new Set(mails.map((id) => core.ids.read(user, id)))];
  const { mailboxes } = await core.home.readProfile(user);
  const inbox = await core.home.findMailbox(user, 'inbox');
  const defined = new Set(mailboxes.map(({ id }) => id));
  const { ended, modseq } = await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    const rows = await store.findSnoozes(tx, user, numbers);
    const places = await store.findPlaces(tx, user, numbers);
    const homes = new Map(
      rows
        .filter((row) => row.state === 'waiting' && isPutOff(row, places.get(row.mail)))
        .map((row) => [row.mail, defined.has(row.home) ? row.home : inbox.id]),
    );
    const states = await findStates(tx, user, [...homes.keys()]);
    const change = ({ id }: { id: number }) => ({ mailbox: homes.get(id) ?? inbox.id });
    await changeStates(core, tx, user, { states, change, modseq });
    await store.deleteSnoozes(
      tx,
      user,
      rows.map(({ mail }) => mail),
    );
    return { ended: rows.length, modseq };
  });
  if (ended === 0) throw new MailError('not-found', 'not put off', { reason: 'snooze' });
  core.events.publish(user, { type: 'changed', modseq });
  core.events.publish(user, { type: 'snooze', mail: null });
  return ended;
}

async function showSnoozes(
  core: SnoozeCore,
  user: string,
  rows: readonly store.SnoozeRow[],
): Promise<Snooze[]> {
  const ids = rows.map(({ mail }) => core.ids.mail(user, mail));
  const mails = new Map((await core.mails.readRows(user, ids)).map((row) => [row.id, row]));
  return rows.flatMap(({ at, state }, place) => {
    const mail = mails.get(ids[place] ?? '');
    return mail === undefined ? [] : [{ mail, at: formatTime(at), state }];
  });
}

async function listRefused(core: SnoozeCore, user: string): Promise<ReadonlySet<string>> {
  const { mailboxes } = await core.home.readProfile(user);
  return new Set(mailboxes.filter(({ role }) => NEVER_SNOOZED.has(role)).map(({ id }) => id));
}

function refuseRole(): MailError {
  return new MailError('forbidden', 'drafts, sent mail, Junk and Trash are not put off', {
    reason: 'snooze-role',
  });
}

function refuseMore(): MailError {
  return new MailError('quota', 'too many snoozed mails', {
    reason: 'too-many',
    params: { limit: SNOOZE_LIMIT },
  });
}
