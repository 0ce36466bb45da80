/** What nobody may try now; destinations as `destinationOf` writes them. */
export interface Paused {
  all: boolean;
  destinations: ReadonlySet<string>;
}
export const NOTHING_PAUSED: Paused = { all: false, destinations: new Set() };
