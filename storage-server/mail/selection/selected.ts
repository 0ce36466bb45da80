import { setImmediate } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import type { Selection } from '../../../common/shapes/selection.ts';
import type { StorageCore } from '../../context.ts';
import type { PagePlace } from '../mail-store.ts';
import { resolveThread } from '../threads/alias-store.ts';
import { type Candidate, type KnownFilter, fitsFilter, resolveFilter } from './filter.ts';
import * as store from './selection-store.ts';

/** What selections need of the server; `search` says which mails a query finds, all of them, newest first. */
export interface SelectionCore extends Pick<
  StorageCore,
  'db' | 'events' | 'home' | 'ids' | 'clock' | 'random'
> {
  search: { findNumbers(user: string, query: string): Promise<number[]> };
}

/** Mails that are looked at or changed at once; other work takes its turn between two steps. */
export const STEP = 1000;
/** Rows of the whole store that are passed over at once when no index leads to what is meant. */
const RANGE = 4000;

/** A selection whose names are known: what is meant, and whether one mail (still) is. */
export interface Selected {
  /** At most STEP at a time, each mail once as long as nothing else moves it. */
  steps(): AsyncGenerator<Candidate[]>;
  /** The same without reading more than it takes to know which they are. */
  numbers(): AsyncGenerator<number[]>;
  fits(mail: Candidate): boolean;
}

/** MailError `not-found` for names and ids that are not the user's, and where none of the named mails is there any more. */
export async function resolveSelection(
  core: SelectionCore,
  user: string,
  selection: Selection,
): Promise<Selected> {
  const { read } = core.db;
  if ('ids' in selection) {
    const numbers = [...new Set(selection.ids.map((id) => core.ids.read(user, id)))];
    const first = await store.findCandidates(read, user, numbers.slice(0, STEP));
    if (first.length === 0 && (await store.findCandidates(read, user, numbers)).length === 0) {
      throw new MailError('not-found', 'no such mail', { reason: 'mail' });
    }
    return {
      steps: () => stepThrough(core, user, numbers),
      numbers: async function* () {
        for (let at = 0; at < numbers.length; at += STEP) yield numbers.slice(at, at + STEP);
      },
      fits: () => true,
    };
  }
  const filter = await resolveFilter(core, user, selection.where);
  const except = new Set(selection.except.map((id) => core.ids.read(user, id)));
  const last = await store.readLastId(read, user);
  const fits = (mail: Candidate): boolean =>
    mail.id <= last &&
    mail.added <= (selection.upTo ?? Number.MAX_SAFE_INTEGER) &&
    !except.has(mail.id) &&
    fitsFilter(mail, filter);
  const steps = async function* (): AsyncGenerator<Candidate[]> {
    for await (const step of findSteps(core, user, filter, last)) {
      const chosen = step.filter(fits);
      if (chosen.length > 0) yield chosen;
      await setImmediate();
    }
  };
  const numbers = async function* (): AsyncGenerator<number[]> {
    for await (const mails of steps()) yield mails.map(({ id }) => id);
  };
  return { fits, steps, numbers };
}

/** By the narrowest list that is kept. */
async function* findSteps(
  core: SelectionCore,
  user: string,
  filter: KnownFilter,
  last: number,
): AsyncGenerator<Candidate[]> {
  const { read } = core.db;
  if (filter.query !== null) {
    const wanted = filter.thread === null ? null : new Set(await readThread(core, user, filter.thread));
    const found = await core.search.findNumbers(user, filter.query);
    yield* stepThrough(core, user, wanted === null ? found : found.filter((one) => wanted.has(one)));
  } else if (filter.thread !== null) {
    yield* stepThrough(core, user, await readThread(core, user, filter.thread));
  } else if (filter.label !== null) {
    const { label } = filter;
    yield* pageThrough(async (after) => {
      const places = await store.readLabelStep(read, user, { label, after, limit: STEP });
      const mails = await store.findCandidates(
        read,
        user,
        places.map(({ id }) => id),
      );
      return { mails, next: places.length < STEP ? null : (places.at(-1) ?? null) };
    });
  } else if (filter.mailbox !== null) {
    const { mailbox } = filter;
    const unread = filter.unread === true;
    yield* pageThrough(async (after) => {
      const mails = await store.readMailboxStep(read, user, { mailbox, unread, after, limit: STEP });
      return { mails, next: mails.length < STEP ? null : (mails.at(-1) ?? null) };
    });
  } else {
    for (let from = 1; from <= last; from += RANGE) {
      const mails = await store.readRangeStep(read, user, { from, to: from + RANGE, sender: filter.from });
      for (let at = 0; at < mails.length; at += STEP) yield mails.slice(at, at + STEP);
      await setImmediate();
    }
  }
}

async function readThread(core: SelectionCore, user: string, thread: number): Promise<number[]> {
  return await store.readThreadNumbers(core.db.read, user, await resolveThread(core.db.read, user, thread));
}

async function* stepThrough(
  core: SelectionCore,
  user: string,
  numbers: readonly number[],
): AsyncGenerator<Candidate[]> {
  for (let at = 0; at < numbers.length; at += STEP) {
    yield await store.findCandidates(core.db.read, user, numbers.slice(at, at + STEP));
  }
}

async function* pageThrough(
  readStep: (after: PagePlace | null) => Promise<{ mails: Candidate[]; next: PagePlace | null }>,
): AsyncGenerator<Candidate[]> {
  for (let after: PagePlace | null = null; ;) {
    const { mails, next } = await readStep(after);
    yield mails;
    if (next === null) return;
    after = next;
  }
}
