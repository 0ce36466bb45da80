import type { Millis } from '../../common/time.ts';
import type { DuePoll } from './due-store.ts';
import { MOST_OF_USER_AT_HOST, findMostSessions } from './provider-manners.ts';

/** Sessions under way at a host: all, and by user. */
export interface Running {
  all: number;
  users: ReadonlyMap<string, number>;
}

/** Places at a host; one that has not answered the last sessions gets fewer, so that dead hosts do not fill the home with waiting. */
export function countPlaces(host: string, running: number, troubles: number): number {
  const most = Math.max(1, findMostSessions(host) >> Math.min(troubles, 8));
  return Math.max(0, most - running);
}

/** Of the accounts that have waited longest at one host: which may be polled now, and why not all that are due. */
export function chooseAtHost(
  polls: readonly DuePoll[],
  at: { now: Millis; places: number; running: Running },
): { chosen: DuePoll[]; held: Millis | null; next: Millis | null } {
  const users = new Map(at.running.users);
  const chosen: DuePoll[] = [];
  let held: Millis | null = null;
  let next: Millis | null = null;
  for (const poll of polls) {
    if (poll.next_at > at.now) {
      next = poll.next_at;
      break;
    }
    const ofUser = users.get(poll.user) ?? 0;
    if (chosen.length < at.places && ofUser < MOST_OF_USER_AT_HOST) {
      chosen.push(poll);
      users.set(poll.user, ofUser + 1);
    } else held ??= poll.next_at;
  }
  return { chosen, held, next };
}

/** One of each host before a second of any: a host with a thousand due accounts delays the others by one place only. */
export function takeTurns(hosts: readonly (readonly DuePoll[])[], most: number): DuePoll[] {
  const turns = hosts.flatMap((polls) => polls.map((poll, place) => ({ poll, place })));
  turns.sort((a, b) => a.place - b.place || a.poll.next_at - b.poll.next_at);
  return turns.slice(0, most).map(({ poll }) => poll);
}
