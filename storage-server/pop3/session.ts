import type { Socket } from 'node:net';
import { MailError } from '../../common/errors.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import type { Language } from '../../common/shapes/profile.ts';
import { watchDeadline } from './deadline.ts';
import { startLearning, type KnownServer, type Learned } from './known-server.ts';
import { AHEAD, DEFAULT_LIMITS, type Limits } from './limits.ts';
import { listMaildrop, type Listed, type Listing } from './listing.ts';
import { mayPipeline, openConnection, type Opened } from './open.ts';
import { explainRefusal } from './reply.ts';
import { retrieveMessages, type Retrieved } from './retrieve.ts';
import { signIn } from './sign-in.ts';

export interface SessionOptions {
  settings: Pop3Settings;
  /** The password, or for XOAUTH2 and OAUTHBEARER the access token; never kept longer than the sign-in. */
  secret: string;
  /** A TCP connection to settings.host and port; TLS is made on it here. */
  connect(signal: AbortSignal): Promise<Socket>;
  /** Where messages above `limits.memory` are put. */
  spoolDir: string;
  limits?: Partial<Limits>;
  /** Ends the session at once; its reason, if a MailError, is what all waiting calls get. */
  signal?: AbortSignal;
  /** What earlier sessions learned of the server. */
  known?: KnownServer | null;
  /** Filled in with what this one learns, also when it fails; `startLearning` makes it. */
  learned?: Learned;
  /** For the server's own texts, where it knows several languages. */
  language?: Language | null;
  /** `list` will be called first: it is asked together with the password where the server allows that. */
  listing?: boolean;
}

/**
 * A POP3 session in the transaction state (RFC 1939, 2449, 2595, 3206, 5034, 6856), as a client. It knows nothing of what becomes of the mail.
 * One of `quit` (deletions take effect) and `close` (they do not) ends it.
 */
export class Pop3Session {
  readonly #opened: Opened;
  readonly #limits: Limits;
  readonly #spoolDir: string;
  readonly #settle: () => void;
  #listing: Promise<Listing> | null;

  constructor(opened: Opened, listing: Promise<Listing> | null, spoolDir: string, settle: () => void) {
    this.#opened = opened;
    this.#listing = listing;
    this.#limits = opened.limits;
    this.#spoolDir = spoolDir;
    this.#settle = settle;
  }

  /** What this session learned of the server so far. */
  get learned(): Learned {
    return this.#opened.learned;
  }

  /** TLS version such as `TLSv1.3`, null in the clear. */
  get tls(): string | null {
    return this.#opened.tls;
  }

  get capabilities(): string[] {
    return this.#opened.capabilities.lines;
  }

  /** Seconds that the server wants between two sign-ins (RFC 2449), null when it says nothing. */
  get loginDelay(): number | null {
    return this.#opened.capabilities.loginDelay;
  }

  /** Room for what `retrieve` receives and nobody has taken yet, in bytes; more is asked for ahead. A session that retrieves nothing needs none. */
  set waitingBytes(bytes: number) {
    this.#limits.waitingBytes = bytes;
    this.#limits.windowBytes = AHEAD * bytes;
  }

  async count(): Promise<{ messages: number; bytes: number }> {
    const reply = await this.#opened.wire.ask('STAT');
    if (reply.kind !== 'ok') throw explainRefusal(reply, 'command');
    const match = /^(\d{1,15}) (\d{1,15})/.exec(reply.text);
    if (match === null)
      throw new MailError('protocol', 'not a STAT reply', { reason: 'garbage', serverLine: reply.line });
    return { messages: Number(match[1]), bytes: Number(match[2]) };
  }

  async list(): Promise<Listing> {
    const asked = this.#listing;
    this.#listing = null;
    return await (asked ?? listMaildrop(this.#opened.wire, this.#limits, this.#pipeline(2)));
  }

  /** Whether `count` commands may leave together; notes that they did. */
  #pipeline(count: number): boolean {
    const may = mayPipeline(this.#opened);
    if (may && count > 1) this.#opened.learned.pipelined = true;
    return may;
  }

  /** See `retrieveMessages`. */
  retrieve(wanted: Listed[]): AsyncGenerator<Retrieved> {
    const pipelining = this.#pipeline(wanted.length);
    return retrieveMessages(this.#opened.wire, wanted, {
      limits: this.#limits,
      spoolDir: this.#spoolDir,
      pipelining,
    });
  }

  /** Marks messages as deleted; the server removes them at QUIT. Returns the numbers that it refused. */
  async delete(numbers: number[]): Promise<number[]> {
    const { wire } = this.#opened;
    const chunk = this.#pipeline(numbers.length) ? this.#limits.windowCommands : 1;
    const refused: number[] = [];
    for (let at = 0; at < numbers.length; at += chunk) {
      const some = numbers.slice(at, at + chunk);
      let asked: Promise<{ kind: string }>[] = [];
      wire.join(() => {
        asked = some.map((number) => wire.ask(`DELE ${number}`));
      });
      const replies = await Promise.all(asked);
      refused.push(...some.filter((_, index) => replies[index]!.kind !== 'ok'));
    }
    return refused;
  }

  /** Takes all deletions of this session back. */
  async reset(): Promise<void> {
    const reply = await this.#opened.wire.ask('RSET');
    if (reply.kind !== 'ok') throw explainRefusal(reply, 'command');
  }

  /** Enters the UPDATE state: deletions take effect. `server-error` when the server could not remove all. */
  async quit(): Promise<void> {
    try {
      const reply = await this.#opened.wire.ask('QUIT');
      if (reply.kind !== 'ok') throw explainRefusal(reply, 'command');
    } finally {
      this.close();
    }
  }

  /** Ends the connection without QUIT; what was marked as deleted stays on the server. */
  close(): void {
    this.#settle();
    this.#opened.wire.fail(new MailError('unavailable', 'the session was closed', { reason: 'cancelled' }));
  }
}

/** Connects and signs in. MailError: connect-refused, timeout, tls, auth-failed, needs-sign-in, in-use, login-delay, protocol, dropped, server-error, invalid. */
export async function openSession(options: SessionOptions): Promise<Pop3Session> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { settings, secret, known = null, language = null, listing = false } = options;
  const learned = options.learned ?? startLearning();
  const deadline = new AbortController();
  const settle = watchDeadline(
    () => learned.traffic,
    limits,
    () => deadline.abort(new MailError('timeout', 'the session took too long', { reason: 'session' })),
  );
  const signal =
    options.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, options.signal]);
  try {
    const opened = await openConnection({
      host: settings.host,
      tls: settings.tls,
      connect: (until) => options.connect(until),
      limits,
      signal,
      known,
      learned,
    });
    try {
      const signedIn = await signIn(opened, { settings, secret, language, listing });
      return new Pop3Session(opened, signedIn.listing, options.spoolDir, settle);
    } catch (error) {
      opened.wire.fail(new MailError('unavailable', 'the sign-in failed', { reason: 'cancelled' }));
      throw error;
    }
  } catch (error) {
    settle();
    throw error;
  }
}
