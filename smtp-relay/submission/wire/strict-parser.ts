import { SMTPStream } from 'smtp-server/lib/smtp-stream.js';

const LF = 0x0a;
const CR = 0x0d;
/** An AUTH line may carry a long token; nothing else comes near. */
const MAX_COMMAND = 16 * 1024;
/** Commands of one chunk that run before others get their turn. */
const COMMANDS_AT_ONCE = 100;

/** Takes the bytes behind DATA. */
export interface DataReader {
  /** The position behind the end of the data, or -1 while that is to come. */
  push(chunk: Buffer, start: number): number;
}

type Next = (error?: Error | null) => void;

/**
 * smtp-server 3.21.6's parser with another way through the bytes (the version is pinned: this replaces its `_write`).
 * Lines end with CRLF alone, and data go to a reader without a stream between.
 */
export class StrictParser extends SMTPStream {
  /** What is being worked on. */
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;
  #next: Next | null = null;
  /** A command whose end is to come. */
  #begun: Buffer | null = null;
  #reader: { data: DataReader; done: () => void } | null = null;
  /** A command or a message is being answered: what was sent after it waits. */
  #waiting = false;
  #running = false;

  /** Everything from here on is data, until `data` finds its end; then `done`, and nothing more until `continue`. */
  receive(data: DataReader, done: () => void): void {
    this.#reader = { data, done };
    this._dataMode = true;
  }

  /** The message was answered. */
  override continue(): void {
    this.#resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding | 'buffer', next: Next): void {
    this.#chunk = chunk;
    this.#at = 0;
    this.#next = next;
    this.#run();
  }

  /** A line without an end is no command. */
  override _flushData(): void {
    this.#begun = null;
  }

  #resume(): void {
    this.#waiting = false;
    this.#run();
  }

  #run(): void {
    // Commands that are answered at once come back here: a loop instead of recursion.
    if (this.#running || this.#waiting || this.#next === null) return;
    this.#running = true;
    let failure: Error | null = null;
    try {
      for (let count = 0; !this.#waiting && this.#at < this.#chunk.length; count++) {
        if (this.isClosed) break;
        if (count === COMMANDS_AT_ONCE) {
          this.#waiting = true;
          setImmediate(() => this.#resume());
          break;
        }
        if (this.#reader === null) this.#takeCommand();
        else this.#takeData(this.#reader);
      }
    } catch (error) {
      failure = error as Error;
    } finally {
      this.#running = false;
    }
    if (failure === null && this.#waiting && !this.isClosed) return;
    const next = this.#next;
    this.#next = null;
    this.#chunk = Buffer.alloc(0);
    next(failure);
  }

  #takeData({ data, done }: { data: DataReader; done: () => void }): void {
    const end = data.push(this.#chunk, this.#at);
    if (end === -1) {
      this.#at = this.#chunk.length;
      return;
    }
    this.#at = end;
    this.#reader = null;
    this._dataMode = false;
    this.#waiting = true;
    done();
  }

  #takeCommand(): void {
    const lf = this.#chunk.indexOf(LF, this.#at);
    const piece = this.#chunk.subarray(this.#at, lf === -1 ? this.#chunk.length : lf + 1);
    const line = this.#begun === null ? piece : Buffer.concat([this.#begun, piece]);
    this.#begun = null;
    this.#at += piece.length;
    if (line.length > MAX_COMMAND) throw new Error('command line too long');
    if (lf === -1) {
      this.#begun = line;
      return;
    }
    if (line.indexOf(CR) !== line.length - 2) throw new Error('lines end with CRLF');
    this.#waiting = true;
    this.oncommand(line.subarray(0, -2), () => this.#resume());
  }
}
