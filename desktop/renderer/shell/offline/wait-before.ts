/** Milliseconds before a server that did not answer so many times is asked again. */
export function waitBefore(tries: number): number {
  return Math.min(30_000, 2000 * 2 ** tries);
}
