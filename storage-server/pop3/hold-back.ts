import type { Limits } from './limits.ts';
import type { Wire } from './wire.ts';

/** Of what may wait, so much may still be there when the socket is read again: the network has the rest ready. */
const LESS = 3 / 4;

/**
 * What has come of a session, in memory or in files, and was not taken yet. Beyond `waitingBytes` the socket is not read, and TCP holds
 * the server back: so more may be asked for ahead than is given room. What really came counts: sizes of LIST may be lies.
 */
export class HoldBack {
  readonly #wire: Pick<Wire, 'hold' | 'release'>;
  readonly #limits: Limits;
  #waiting = 0;
  #held = false;
  #ended = false;

  constructor(wire: Pick<Wire, 'hold' | 'release'>, limits: Limits) {
    this.#wire = wire;
    this.#limits = limits;
  }

  /** A whole message of `size` bytes is here. */
  add(size: number): void {
    this.#waiting += size;
    if (this.#ended || this.#held || this.#waiting <= this.#limits.waitingBytes) return;
    this.#held = true;
    this.#wire.hold();
  }

  /** It was taken. */
  subtract(size: number): void {
    this.#waiting -= size;
    if (this.#waiting <= LESS * this.#limits.waitingBytes) this.#release();
  }

  /** Nobody takes any more: what still comes is let pass, and nothing is held back for it. */
  end(): void {
    this.#ended = true;
    this.#release();
  }

  #release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#wire.release();
  }
}
