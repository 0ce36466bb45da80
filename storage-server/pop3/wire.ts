import type { Socket } from 'node:net';
import { MailError } from '../../common/errors.ts';
import { HiddenSecrets } from '../../server-kit/hidden-secrets.ts';
import { DotReader } from './dot-reader.ts';
import type { Limits } from './limits.ts';
import { parseReply, showLine, type Reply } from './reply.ts';
import { explainSocketError } from './socket-errors.ts';
import { Watch } from './watch.ts';

/** Takes the lines after `+OK`, without dots and terminator; what it is given is good only until `take` returns. While `busy` is a promise, which never rejects, the socket is not read. */
export interface BodySink {
  take(bytes: Buffer): void;
  readonly busy: Promise<void> | null;
  /** A body of more bytes than this never ends; without it, of more than twice the largest message. */
  readonly most?: number;
}

/** A reply that is to come; replies come in the order of their commands. */
export interface Expected {
  sink: BodySink | null;
  done(reply: Reply): void;
  failed(error: MailError): void;
  /** True for STLS: what follows this reply in the clear is thrown away (RFC 2595 section 4). */
  last?: boolean;
}

/** What went over one connection so far: by it a session is judged (deadline, pipelining). */
export interface Traffic {
  bytes: number;
  replies: number;
  /** Replies to commands behind which others were on their way already. */
  ahead: number;
  /** Commands without a reply when the connection ended. */
  open: number;
}

const KIB = 1024;

/** One conversation over one socket: commands out, replies to whoever expects them. Any error ends it for all who wait. */
export class Wire {
  readonly #socket: Socket;
  readonly #limits: Limits;
  readonly #watch: Watch;
  readonly #secrets = new HiddenSecrets();
  readonly traffic: Traffic = { bytes: 0, replies: 0, ahead: 0, open: 0 };
  #expected: Expected[] = [];
  #line: Buffer = Buffer.alloc(0);
  #body: DotReader | null = null;
  #reply: Reply | null = null;
  #stash: Buffer[] = [];
  #bytes = 0;
  /** Of the body under way. */
  #taken = 0;
  #holds = 0;
  /** Lines that leave together; null: each at once. */
  #joined: string | null = null;
  #error: MailError | null = null;
  #ended = false;

  constructor(socket: Socket, limits: Limits) {
    this.#socket = socket;
    this.#limits = limits;
    this.#watch = new Watch(limits.idleMs, () =>
      this.fail(new MailError('timeout', 'the server stopped answering', { reason: 'idle' })),
    );
    socket
      .on('data', this.#onData)
      .on('error', this.#onError)
      .on('close', this.#onClose)
      .on('end', this.#onClose);
  }

  /** Server lines that repeat one of these are shown without it. */
  hide(secret: string): void {
    this.#secrets.add(secret);
  }

  /** Sends one line (none: the greeting) and expects its reply. */
  send(line: string | null, expected: Expected): void {
    if (this.#error !== null) return expected.failed(this.#error);
    this.#expected.push(expected);
    // What we do not read is not the server's silence.
    if (this.#holds === 0) this.#watch.start();
    if (line === null) return;
    if (this.#joined === null) this.#socket.write(`${line}\r\n`);
    else this.#joined += `${line}\r\n`;
  }

  /** As `send`, waiting for the reply; a `-ERR` is a reply, not an exception. */
  async ask(line: string | null, sink: BodySink | null = null, last = false): Promise<Reply> {
    return await new Promise((done, failed) => this.send(line, { sink, done, failed, last }));
  }

  /** Commands sent inside leave in one packet. */
  join(work: () => void): void {
    const outer = this.#joined;
    this.#joined ??= '';
    try {
      work();
    } finally {
      if (outer === null) {
        const lines = this.#joined;
        this.#joined = null;
        if (lines !== '' && this.#error === null) this.#socket.write(lines);
      }
    }
  }

  /** Stops reading until `release`: what was read has not been taken yet. */
  hold(): void {
    this.#holds++;
    this.#socket.pause();
    this.#watch.stop();
  }

  release(): void {
    this.#holds--;
    if (this.#holds > 0 || this.#error !== null) return;
    if (this.#expected.length > 0) this.#watch.start();
    const stash = this.#stash;
    this.#stash = [];
    for (const [index, chunk] of stash.entries()) {
      if (this.#holds > 0) {
        this.#stash.push(...stash.slice(index));
        return;
      }
      this.#consume(chunk);
    }
    if (this.#holds > 0) return;
    if (this.#ended) this.#drop();
    else this.#socket.resume();
  }

  /** Ends the conversation; all who wait get `error`. */
  fail(error: MailError): void {
    if (this.#error !== null) return;
    this.#error = error;
    this.traffic.open = this.#expected.length;
    this.detach();
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.destroy();
    const expected = this.#expected;
    this.#expected = [];
    for (const one of expected) one.failed(error);
  }

  /** Leaves the socket open for somebody else (TLS). */
  detach(): Socket {
    this.#watch.stop();
    this.#socket
      .off('data', this.#onData)
      .off('error', this.#onError)
      .off('close', this.#onClose)
      .off('end', this.#onClose);
    return this.#socket;
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#holds > 0 || this.#stash.length > 0) this.#stash.push(chunk);
    else this.#consume(chunk);
  };

  readonly #onError = (error: unknown): void => this.fail(explainSocketError(error, 'session'));

  readonly #onClose = (): void => {
    this.#ended = true;
    if (this.#holds === 0) this.#drop();
  };

  #drop(): void {
    this.fail(new MailError('dropped', 'the server closed the connection'));
  }

  #consume(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.traffic.bytes += chunk.length;
    if (this.#bytes >= KIB) this.#noteProgress();
    let at = 0;
    while (at < chunk.length && this.#error === null) {
      const expected = this.#expected[0];
      if (expected === undefined) return this.fail(this.#refuse('unsolicited', chunk.subarray(at)));
      at = this.#body === null ? this.#readStatus(chunk, at, expected) : this.#readBody(chunk, at, expected);
      if (at < 0) return;
      if (this.#holds > 0) {
        if (at < chunk.length) this.#stash.push(chunk.subarray(at));
        return;
      }
    }
    freeChunk(chunk);
  }

  #readStatus(chunk: Buffer, at: number, expected: Expected): number {
    const end = chunk.indexOf(10, at);
    const part = chunk.subarray(at, end === -1 ? chunk.length : end + 1);
    const line = this.#line.length === 0 ? part : Buffer.concat([this.#line, part]);
    if (line.length > this.#limits.line) return this.#stop('line-too-long', line);
    if (end === -1) {
      this.#line = Buffer.from(line);
      return chunk.length;
    }
    this.#line = Buffer.alloc(0);
    if (line.at(-2) !== 13) return this.#stop('bare-line-feed', line);
    const reply = parseReply(line);
    if (reply === null) return this.#stop('garbage', line);
    reply.line = this.#secrets.cover(reply.line);
    if (reply.kind === 'ok' && expected.sink !== null) {
      this.#reply = reply;
      this.#body = new DotReader();
      this.#taken = 0;
      return end + 1;
    }
    this.#finish(reply, expected);
    return expected.last === true && reply.kind === 'ok' ? -1 : end + 1;
  }

  #readBody(chunk: Buffer, at: number, expected: Expected): number {
    const sink = expected.sink!;
    const end = this.#body!.feed(chunk, at, (bytes) => sink.take(bytes));
    this.#taken += (end === -1 ? chunk.length : end) - at;
    // What is too long is let pass to hear what follows; what never ends would be let pass for hours.
    if (this.#taken > (sink.most ?? 2 * this.#limits.message))
      return this.#stop('endless', Buffer.from(this.#reply!.line));
    if (sink.busy !== null) {
      this.hold();
      void sink.busy.finally(() => this.release());
    }
    if (end === -1) return chunk.length;
    this.#body = null;
    this.#finish(this.#reply!, expected);
    return end;
  }

  #finish(reply: Reply, expected: Expected): void {
    this.#expected.shift();
    this.#noteProgress();
    this.traffic.replies++;
    if (this.#expected.length === 0) this.#watch.stop();
    else this.traffic.ahead++;
    if (expected.last === true && reply.kind === 'ok') this.detach().pause();
    expected.done(reply);
  }

  #noteProgress(): void {
    this.#bytes = 0;
    this.#watch.progress();
  }

  #stop(reason: string, bytes: Buffer): number {
    this.fail(this.#refuse(reason, bytes));
    return -1;
  }

  #refuse(reason: string, bytes: Buffer): MailError {
    // What the limit cut off may have begun in the middle of a secret.
    const serverLine = this.#secrets.coverCut(showLine(bytes.subarray(0, this.#limits.line)));
    return new MailError('protocol', `the server does not speak POP3: ${reason}`, { reason, serverLine });
  }
}

/**
 * Gives the memory of what was read and taken back at once: left to the collector, it looks through the whole heap for every 64 MiB that
 * come in. Only what the chunk has for itself: never a part of something larger.
 */
function freeChunk({ buffer, length }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length && length >= 8 * KIB) buffer.transfer(0);
}
