import type { RouteExplanation } from '../../common/shapes/route.ts';

/** The smtp-relays of the system, as the profile-server lists them. */
export interface Relays {
  /** MailError `unavailable` when no relay answers. */
  explainRoute(user: string, from: string, to: string): Promise<RouteExplanation>;
}
