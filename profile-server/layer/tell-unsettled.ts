import type { ProfileContext } from '../context.ts';

/** Wakes who goes through users after a change of layers or policies: after the commit. */
export function tellUnsettled(server: Pick<ProfileContext, 'hints'>): void {
  server.hints.give('unsettled');
}
