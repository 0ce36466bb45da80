import type { Limits } from './limits.ts';
import type { Wire } from './wire.ts';

/** Of what may wait, so much may still be there when the socket is read again: the network has the rest ready. */
const LESS = 3 / 4;

/**
 * What has come of a session and was not taken yet. Beyond `waitingBytes` in memory the socket is not read, and TCP holds the server back:
 * so more may be asked for ahead than memory is given. What went to files counts against the window alone, by what really came:
 * sizes of LIST may be lies.
 */
export class HoldBack {
  readonly #wire: Pick<Wire, 'hold' | 'release'>;
  readonly #limits: Limits;
  #memory = 0;
  #files = 0;
  #held = false;

  constructor(wire: Pick<Wire, 'hold' | 'release'>, limits: Limits) {
    this.#wire = wire;
    this.#limits = limits;
  }

  /** A whole message of `size` bytes is here. */
  add(size: number): void {
    this.#count(size);
    if (this.#held || this.#isWithin(1)) return;
    this.#held = true;
    this.#wire.hold();
  }

  /** It was taken. */
  subtract(size: number): void {
    this.#count(-size);
    if (this.#isWithin(LESS)) this.end();
  }

  /** Nothing is held back any more. */
  end(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#wire.release();
  }

  #count(size: number): void {
    if (Math.abs(size) > this.#limits.memory) this.#files += size;
    else this.#memory += size;
  }

  #isWithin(part: number): boolean {
    const { waitingBytes, windowBytes } = this.#limits;
    return this.#memory <= part * waitingBytes && this.#files <= part * windowBytes;
  }
}
