import type { ProfileContext } from '../context.ts';

/** Wakes those who wait for this user's profile: after the commit. */
export function tellUser(server: ProfileContext, user: string): void {
  server.hints.give(`user:${user}`);
  server.hints.give('change');
}
