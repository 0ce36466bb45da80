/** Memory for messages that have come and wait, shared by the sessions of this server that retrieve something. */
const TOGETHER = 64 << 20;
const SHARE = { min: 256 << 10, max: 2 << 20 };

/** Sessions that only look whether there is mail need none. */
export class MemoryShare {
  #transferring = 0;

  get transferring(): number {
    return this.#transferring;
  }

  /** A session begins to retrieve: bytes that may wait in it, until it calls `leave`. */
  enter(): number {
    this.#transferring += 1;
    return decideShare(this.#transferring);
  }

  leave(): void {
    this.#transferring -= 1;
  }
}

export function decideShare(transferring: number): number {
  return Math.max(SHARE.min, Math.min(SHARE.max, Math.floor(TOGETHER / Math.max(1, transferring))));
}
