import { isIP, type Socket } from 'node:net';
import { TLSSocket, connect as connectTls } from 'node:tls';
import type { Millis } from '../../../common/time.ts';
import { ReplyReader, type Reply } from './reply-reader.ts';
import { WireError } from './wire-error.ts';

export interface TlsDemand {
  /** The name that is asked for, and that the certificate must have when `verify`. */
  host: string;
  verify: boolean;
}

interface Waiter {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** Replies that nobody asked for are never kept by the hundred. */
const MAX_UNREAD = 1000;

/** The bytes of one SMTP connection: commands out, replies in, in order. It knows nothing of mails. */
export class SmtpWire {
  #socket: Socket;
  #reader = new ReplyReader();
  #unread: Reply[] = [];
  #waiters: Waiter[] = [];
  #drains: Waiter[] = [];
  #broken: Error | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** Called once when the connection ends, or says something that nobody waits for. */
  onUnasked: (() => void) | null = null;

  constructor(socket: Socket, limits: { silence: Millis }) {
    this.#socket = socket;
    this.#listen(socket);
    this.#timer = setTimeout(() => {
      if (this.#waiters.length > 0 || this.#drains.length > 0) {
        this.destroy(new WireError('timeout', 'the server says nothing'));
      }
    }, limits.silence).unref();
  }

  /** `TLSv1.3`, or null in the clear. */
  get tls(): string | null {
    return this.#socket instanceof TLSSocket ? this.#socket.getProtocol() : null;
  }

  /** Whole, and nothing came that was not asked for. */
  get isQuiet(): boolean {
    return this.#broken === null && this.#unread.length === 0 && !this.#reader.isInside;
  }

  /** A reply waits to be read. */
  get hasUnread(): boolean {
    return this.#unread.length > 0;
  }

  /** Queues bytes; false when whoever has more should wait for `drained`. */
  write(bytes: string | Buffer): boolean {
    if (this.#broken !== null) return true;
    return typeof bytes === 'string' ? this.#socket.write(bytes, 'utf8') : this.#socket.write(bytes);
  }

  /** Several pieces in as few packets as they fit in. */
  writeAll(pieces: readonly (string | Buffer)[]): boolean {
    if (this.#broken !== null) return true;
    this.#socket.cork();
    let room = true;
    for (const piece of pieces) room = this.write(piece);
    this.#socket.uncork();
    return room;
  }

  /** Resolves when there is room again, or a reply to be read: what was said before the connection broke still counts. */
  async drained(): Promise<void> {
    if (this.hasUnread) return;
    if (this.#broken !== null) throw this.#broken;
    if (!this.#socket.writableNeedDrain) return;
    this.#timer?.refresh();
    await new Promise<unknown>((resolve, reject) => this.#drains.push({ resolve, reject }));
  }

  /** The next reply. Rejects with WireError. */
  async read(): Promise<Reply> {
    const reply = this.#unread.shift();
    if (reply !== undefined) return reply;
    if (this.#broken !== null) throw this.#broken;
    this.#timer?.refresh();
    return await new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** Goes on over TLS. What came in the clear behind the server's consent is an attack (RFC 3207 6) and ends the session. */
  async encrypt(demand: TlsDemand): Promise<void> {
    if (!this.isQuiet)
      throw this.destroy(new WireError('protocol', 'more in the clear than the answer to STARTTLS'));
    const plain = this.#socket;
    plain.removeAllListeners();
    const name = isIP(demand.host) === 0 ? { servername: demand.host } : { host: demand.host };
    const secure = connectTls({ socket: plain, rejectUnauthorized: demand.verify, ...name });
    this.#socket = secure;
    const greeted = Promise.withResolvers<Reply>();
    secure.once('secureConnect', () => greeted.resolve({ code: 0, lines: [] }));
    this.#drains.push(greeted);
    const refuse = (cause?: Error): void => {
      const message = cause?.message ?? 'the connection ended while TLS began';
      // Null until a certificate was looked at and found wrong; node's types do not know.
      const wrong = secure.authorizationError as Error | null | undefined;
      const isLasting = wrong !== null && wrong !== undefined;
      this.destroy(new WireError('tls', message, { cause, isLasting }));
    };
    plain.on('error', refuse);
    secure.once('error', refuse);
    secure.once('end', refuse);
    secure.once('close', () => refuse());
    this.#timer?.refresh();
    await greeted.promise;
    this.#drains = [];
    secure.removeAllListeners();
    plain.removeListener('error', refuse);
    this.#listen(secure);
    plain.on('error', (cause) => this.destroy(new WireError('dropped', 'the connection ended', { cause })));
  }

  /** Ends at once; everybody who waits gets `error`. Returns what ended it first. */
  destroy(error: Error): Error {
    if (this.#broken === null) {
      this.#broken = error;
      clearTimeout(this.#timer);
      this.#socket.destroy();
      for (const waiter of [...this.#waiters.splice(0), ...this.#drains.splice(0)]) waiter.reject(error);
      this.onUnasked?.();
    }
    return this.#broken;
  }

  /** A last word, without waiting longer than a moment for the other side to close. */
  farewell(word: string, patience: Millis): void {
    if (this.#broken !== null) return;
    this.#socket.end(word);
    const timer = setTimeout(() => this.destroy(new WireError('dropped', 'closed by us')), patience);
    timer.unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  #listen(socket: Socket): void {
    const drop = (cause?: Error): void => {
      this.destroy(new WireError('dropped', 'the connection ended', { cause }));
    };
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('drain', () => this.#resolveDrains());
    socket.on('error', drop);
    socket.on('end', () => drop());
    socket.on('close', () => drop());
  }

  #resolveDrains(): void {
    for (const waiter of this.#drains.splice(0)) waiter.resolve({ code: 0, lines: [] });
  }

  #take(chunk: Buffer): void {
    if (this.#broken !== null) return;
    let replies: Reply[];
    try {
      replies = this.#reader.push(chunk);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new WireError('protocol', 'no reply'));
      return;
    }
    for (const reply of replies) {
      const waiter = this.#waiters.shift();
      if (waiter !== undefined) waiter.resolve(reply);
      else if (this.#unread.push(reply) > MAX_UNREAD) {
        this.destroy(new WireError('protocol', 'answers to nothing'));
      }
    }
    if (this.hasUnread) this.#resolveDrains();
    if (!this.isQuiet && this.#waiters.length === 0) this.onUnasked?.();
  }
}
