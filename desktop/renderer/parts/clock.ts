/** What the way of an answer may take, in milliseconds: no difference of clocks. */
const UNNOTICED = 20_000;

/** How far the server's clock is ahead of this computer's. */
let ahead = 0;

/** Takes over the time that the server told a moment ago (ISO 8601): clocks of strange computers are often hours wrong. */
export function setClock(server: string): void {
  const difference = Date.parse(server) - Date.now();
  ahead = Math.abs(difference) > UNNOTICED ? difference : 0;
}

/** The time by the server's clock, in ms: for all that is compared with its times or sent to it as one. */
export function readClock(): number {
  return Date.now() + ahead;
}
