/**
 * Stands in the history instead of a session: the defaults of a new user, addresses collected from sent mail, what an
 * organisation gives to everybody, an operator's restore.
 */
export const HISTORY_ACTORS = ['registration', 'collected', 'layer', 'operator'] as const;
export type HistoryActor = (typeof HISTORY_ACTORS)[number];

/** Undefined for a session of somebody's. */
export function findActor(session: string): HistoryActor | undefined {
  return HISTORY_ACTORS.find((actor) => actor === session);
}
