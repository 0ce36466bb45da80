import type { AccountProblem } from '../../common/shapes/account.ts';
import type { AccountTimeline, TimelineEntry } from '../../common/shapes/timeline.ts';
import { DAY, formatTime } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { readRun, type PollRun } from '../schedule/grow-run.ts';
import { listDays, listRuns } from '../schedule/timeline-store.ts';
import { findPoll } from '../schedule/poll-store.ts';
import { composeAccount } from './account-state.ts';
import { demandAccount } from './account-store.ts';

export interface WhichTimeline {
  user: string;
  id: string;
  /** `next` of the page before; null begins with the newest. */
  before: string | null;
  limit: number;
}

/** How the polls of an account went, newest first; days only with the first page. MailError `not-found` for another's account. */
export async function readTimeline(server: ProfileContext, which: WhichTimeline): Promise<AccountTimeline> {
  const { db, clock } = server;
  const now = clock.now();
  const stored = await demandAccount(db.read, which.user, which.id);
  const poll = (await findPoll(db.read, which.id)) ?? null;
  const { lastSuccess, nextTry, nextAllowed, currentInterval } = composeAccount(stored, poll, now);
  const before = which.before === null ? Number.MAX_SAFE_INTEGER : Number(which.before);
  const current = poll === null ? null : readRun(poll);
  const growing = current !== null && current.seq < before ? [current] : [];
  const wanted = which.limit + 1 - growing.length;
  const runs = [...growing, ...(await listRuns(db.read, which.id, { before, limit: wanted }))];
  const page = runs.slice(0, which.limit);
  const days = which.before === null ? await listDays(db.read, which.id, now) : [];
  return {
    account: which.id,
    lastSuccess,
    nextTry,
    nextAllowed,
    currentInterval,
    days: days.map(({ day, mails, bytes }) => ({ day: nameDay(day), mails, bytes })),
    entries: page.map(describeRun),
    next: runs.length > which.limit ? String(page.at(-1)?.seq) : null,
  };
}

function describeRun(run: PollRun): TimelineEntry {
  return {
    from: formatTime(run.from_at),
    to: formatTime(run.to_at),
    polls: run.polls,
    new: run.mails,
    bytes: run.bytes,
    error: run.error === null ? null : (JSON.parse(run.error) as AccountProblem),
  };
}

function nameDay(day: number): string {
  return formatTime(day * DAY).slice(0, 10);
}
