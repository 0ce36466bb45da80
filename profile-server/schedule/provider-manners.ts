import { findProviderOfHost } from '../../common/providers/find-provider.ts';

/** Periodic polls at one host at once: a slow one must not take every place, and no provider likes more. */
export const MOST_AT_HOST = 8;
/** Of one user at one host, who may have ten accounts there. */
export const MOST_OF_USER_AT_HOST = 3;

/** Seconds that the provider wants between sign-ins on one maildrop; 0 where none is known: the lease already makes one poll wait for the other. */
export function findLoginGap(host: string): number {
  return findProviderOfHost(host)?.loginGap ?? 0;
}

/** Sessions at once of one home on the hosts of a provider. */
export function findMostSessions(host: string): number {
  return findProviderOfHost(host)?.sessionsAtHost ?? MOST_AT_HOST;
}

/** The smallest seconds between periodic polls: the user's interval unless the provider wants more. */
export function decideLeast(host: string, interval: number): number {
  return Math.max(interval, findLoginGap(host));
}

/** What holds for an account: what is known of the provider, or what its server said, if that is more. */
export function decideGap(poll: { host: string; login_gap: number }): number {
  return Math.max(findLoginGap(poll.host), poll.login_gap);
}
