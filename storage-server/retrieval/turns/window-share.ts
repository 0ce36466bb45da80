/** Memory for RETR replies on their way, shared by the sessions of this server that retrieve something. */
const TOGETHER = 64 << 20;
const WINDOW = { min: 256 << 10, max: 8 << 20 };

/** Sessions that only look whether there is mail need no window. */
export class WindowShare {
  #transferring = 0;

  get transferring(): number {
    return this.#transferring;
  }

  /** A session begins to retrieve: bytes that it may ask for ahead, until it calls `leave`. */
  enter(): number {
    this.#transferring += 1;
    return decideWindow(this.#transferring);
  }

  leave(): void {
    this.#transferring -= 1;
  }
}

export function decideWindow(transferring: number): number {
  return Math.max(WINDOW.min, Math.min(WINDOW.max, Math.floor(TOGETHER / Math.max(1, transferring))));
}
