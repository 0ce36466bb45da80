import type { ProfileContext } from '../context.ts';

/** Wakes the homes that wait for what is due, after accounts were changed behind the schedule's back: after the commit. */
export function tellSchedule(server: Pick<ProfileContext, 'dueHosts' | 'hints'>): void {
  server.dueHosts.forget();
  server.hints.give('schedule');
}
