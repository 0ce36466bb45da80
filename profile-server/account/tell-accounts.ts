import type { ProfileContext } from '../context.ts';
import { tellUser } from '../profile/tell-user.ts';
import { tellSchedule } from '../schedule/tell-schedule.ts';

/** Wakes the user's clients, his home and whoever waits for what is due: after the commit. */
export function tellAccounts(server: ProfileContext, user: string): void {
  tellUser(server, user);
  tellSchedule(server);
}
