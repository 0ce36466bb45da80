import type { NativeOrder } from '../../native-api/native-api.ts';

const MOST_WAITING = 20;

/** Hands orders to the page. What arrives before somebody is signed in waits, if it still makes sense later. */
export class OrderQueue {
  readonly #send: (order: NativeOrder) => void;
  #waiting: NativeOrder[] = [];
  #isListening = false;

  constructor(send: (order: NativeOrder) => void) {
    this.#send = send;
  }

  get isListening(): boolean {
    return this.#isListening;
  }

  give(order: NativeOrder): void {
    if (this.#isListening) return this.#send(order);
    const lasts = order.kind === 'compose' || order.kind === 'open';
    if (lasts && this.#waiting.length < MOST_WAITING) this.#waiting.push(order);
  }

  /** Told by the page, and with false when it is left. */
  listen(isListening: boolean): void {
    this.#isListening = isListening;
    if (!isListening) return;
    for (const order of this.#waiting.splice(0)) this.#send(order);
  }

  /** What waits was meant for the person who signs out. */
  forget(): void {
    this.#waiting = [];
  }
}
