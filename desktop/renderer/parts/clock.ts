/** What the way of an answer may take, in milliseconds, and what clocks may drift apart meanwhile: no difference. */
const UNNOTICED = 20_000;

/** The most that the server's clock was found to be ahead of this computer's; what is told late says less. */
let told = Number.NEGATIVE_INFINITY;
/** As it is used: not at all where it is small. */
let ahead = 0;
/** How far this computer's clock was from the page's own, which nobody sets, when that was told. */
let begin = 0;

/**
 * Takes over the time that the server told (ISO 8601) `age` milliseconds ago, or somewhat longer: clocks of strange computers are often
 * hours wrong.
 */
export function setClock(server: string, age = 0): void {
  if (Math.abs(readJump()) > UNNOTICED) forgetClock();
  const difference = Date.parse(server) + age - Date.now();
  if (!(difference > told)) return;
  told = difference;
  ahead = Math.abs(difference) > UNNOTICED ? difference : 0;
  begin = Date.now() - performance.now();
}

/** As long as no server has told its time, this computer's counts. */
export function forgetClock(): void {
  told = Number.NEGATIVE_INFINITY;
  ahead = 0;
}

/** The time by the server's clock, in ms: for all that is compared with its times or sent to it as one. */
export function readClock(): number {
  // A jump by just the difference: somebody has set this computer's clock right. After any other it has slept.
  if (ahead !== 0 && Math.abs(readJump() - ahead) <= UNNOTICED) forgetClock();
  return Date.now() + ahead;
}

/** How far this computer's clock has gone beside the page's since the time was told: it was set, or both stood still in sleep. */
function readJump(): number {
  return told === Number.NEGATIVE_INFINITY ? 0 : Date.now() - performance.now() - begin;
}
