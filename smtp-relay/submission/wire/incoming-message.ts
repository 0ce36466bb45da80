import { SubmissionRefusal } from '../refusal.ts';
import { DataScanner, type LineProblem } from './data-scanner.ts';
import type { MemoryBudget } from './memory-budget.ts';

export interface ReceivedData {
  /** The message as it was before dots were doubled; where a piece ends means nothing. */
  pieces: Buffer[];
  size: number;
  eightBit: boolean;
  /** Gives the memory back; to be called once the message is stored or dropped. */
  release(): void;
}

/** What dribbles in is put together: a buffer of its own for each byte would cost a hundred times its size. */
const BLOCK = 16 * 1024;
/** Whoever goes on sending a refused message beyond this many times the largest is not answered any more. */
const PATIENCE = 4;

const LINE_TEXT: Record<LineProblem, string> = {
  'bare-cr': 'bare CR in the message',
  'bare-lf': 'bare LF in the message',
  nul: 'NUL in the message',
  'long-line': 'line longer than 998 octets',
};

/**
 * One message on its way in. What is refused is read to its end and thrown away, for only then may the server answer.
 */
export class IncomingMessage {
  readonly #limit: number;
  readonly #budget: MemoryBudget;
  readonly #scanner = new DataScanner((piece) => this.#keep(piece));
  #refusal: SubmissionRefusal | null = null;
  #pieces: Buffer[] = [];
  /** The last piece while it is a block of ours: how much of it is filled. */
  #block: { bytes: Buffer; used: number } | null = null;
  #size = 0;
  #held = 0;
  #seen = 0;

  constructor(limit: number, budget: MemoryBudget) {
    this.#limit = limit;
    this.#budget = budget;
  }

  /** Takes bytes from `start` on; the position behind the final dot's line, or -1. Throws when the client never ends. */
  push(chunk: Buffer, start: number): number {
    const end = this.#scanner.push(chunk, start);
    if (this.#scanner.problem !== null) this.#drop();
    this.#seen += chunk.length - start;
    if (end === -1 && this.#seen > this.#limit * PATIENCE) throw new Error('message without end');
    return end;
  }

  /** After the end: the message. Throws SubmissionRefusal. */
  take(): ReceivedData {
    const { problem, eightBit } = this.#scanner;
    if (this.#refusal !== null) throw this.#refusal;
    if (problem !== null) throw new SubmissionRefusal(554, '5.6.0', LINE_TEXT[problem]);
    this.#closeBlock();
    return { pieces: this.#pieces, size: this.#size, eightBit, release: () => this.#drop() };
  }

  /** The client went away. */
  abort(): void {
    this.#refusal ??= new SubmissionRefusal(451, '4.4.2', 'connection lost');
    this.#drop();
  }

  #keep(piece: Buffer): void {
    if (this.#refusal !== null) return;
    this.#size += piece.length;
    if (this.#size > this.#limit) {
      this.#refuse(new SubmissionRefusal(552, '5.3.4', `message larger than ${this.#limit} bytes`));
    } else if (!this.#budget.take(piece.length)) {
      this.#refuse(new SubmissionRefusal(452, '4.3.1', 'too busy, try again later'));
    } else {
      this.#held += piece.length;
      this.#append(piece);
    }
  }

  #append(piece: Buffer): void {
    if (this.#block !== null && piece.length > this.#block.bytes.length - this.#block.used)
      this.#closeBlock();
    if (this.#block === null && (piece.length >= BLOCK / 2 || this.#pieces.length === 0)) {
      this.#pieces.push(piece);
      return;
    }
    this.#block ??= { bytes: Buffer.allocUnsafeSlow(BLOCK), used: 0 };
    piece.copy(this.#block.bytes, this.#block.used);
    this.#block.used += piece.length;
  }

  #closeBlock(): void {
    if (this.#block !== null) this.#pieces.push(this.#block.bytes.subarray(0, this.#block.used));
    this.#block = null;
  }

  #refuse(reason: SubmissionRefusal): void {
    this.#refusal = reason;
    this.#drop();
  }

  #drop(): void {
    this.#budget.give(this.#held);
    this.#held = 0;
    this.#pieces = [];
    this.#block = null;
  }
}
