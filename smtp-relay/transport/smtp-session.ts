import type { Socket } from 'node:net';
import type { Speaker } from '../../common/reply/stage.ts';
import type { TlsMode } from '../../common/shapes/account.ts';
import type { Millis } from '../../common/time.ts';
import { HiddenSecrets } from '../../server-kit/hidden-secrets.ts';
import { LONGEST_LINE, type Refusal } from '../reply/classify.ts';
import { awaitGreeting, greet, type Extensions } from './greet.ts';
import { signIn, type Login } from './sign-in.ts';
import { SessionError, readSmtpError, stoppedError } from './smtp-error.ts';
import type { MailEnvelope } from './mail-commands.ts';
import { transact, type BodySource, type RecipientReply } from './transact.ts';
import { SmtpWire } from './wire/smtp-wire.ts';
import { ReplyError, WireError } from './wire/wire-error.ts';

export interface SessionTarget {
  host: string;
  port: number;
  /**
   * `opportunistic`: STARTTLS when offered, the certificate unchecked (RFC 7435): better than nothing, for MX only.
   * The accounts' `implicit` and `starttls` are demands: TLS with the host's own certificate, or nothing.
   */
  tls: TlsMode | 'opportunistic';
  login: Login | null;
  /** Of `none`: TLS was tried and broke. It is what went wrong where the host then demands TLS. */
  brokenTls?: Refusal;
  /** A host of the recipient's own domain says other things by the same words; `smarthost` where it is not given. */
  speaker?: Speaker;
}

export interface SessionOptions {
  /** A TCP connection that the egress guard has allowed. */
  connect: (signal: AbortSignal) => Promise<Socket>;
  /** What we call ourselves in EHLO. */
  name: string;
  timeouts: SessionTimeouts;
  signal: AbortSignal;
}

export interface SessionTimeouts {
  connect: Millis;
  /** From the connection to the end of EHLO and TLS. */
  greeting: Millis;
  /** For each reply afterwards; RFC 5321 4.5.3.2 asks for ten minutes after the final dot. */
  idle: Millis;
}
export const SESSION_TIMEOUTS: SessionTimeouts = { connect: 30_000, greeting: 120_000, idle: 600_000 };

export interface SmtpSession {
  /** `TLSv1.3`, or null in the clear. */
  readonly tls: string | null;
  readonly extensions: Extensions;
  /** Another mail may follow: the last one was answered to its end, and the server has not said that it goes. */
  readonly isUsable: boolean;
  /** It had ended before the last mail's MAIL was answered otherwise than by 421: nothing of that mail was taken. */
  readonly isUnheard: boolean;
  /** Never throws for what the server said or how the session broke; SessionError only when we stop. */
  send(envelope: MailEnvelope, body: BodySource, signal?: AbortSignal): Promise<Map<string, RecipientReply>>;
  /** Called once when it ends, or the server speaks, while nobody sends. */
  watch(ended: (() => void) | null): void;
  /** No mail may follow the next one. */
  retire(): void;
  close(): void;
}

/** Connects, greets, encrypts and signs in. Throws SessionError. */
export async function openSession(target: SessionTarget, options: SessionOptions): Promise<SmtpSession> {
  const hidden = new HiddenSecrets();
  const secret = target.login?.secret ?? null;
  if (secret !== null) hidden.add(secret);
  const cover = (line: string): string => hidden.cover(line);
  const read = makeReader(hidden, target);
  const { timeouts, signal } = options;
  const wire = new SmtpWire(await options.connect(signal), { silence: timeouts.idle });
  const late = setTimeout(
    () => wire.destroy(new WireError('timeout', 'the greeting takes too long')),
    timeouts.greeting,
  );
  let extensions: Extensions;
  try {
    extensions = await whileRunning(wire, signal, async () => await begin(wire, target, options.name));
  } catch (error) {
    wire.destroy(new WireError('dropped', 'closed by us'));
    throw toSessionError(error, read);
  } finally {
    clearTimeout(late);
  }
  const state = { isUsable: true, needsReset: false, isUnheard: false };
  return {
    tls: wire.tls,
    extensions,
    get isUsable() {
      return state.isUsable && wire.isQuiet;
    },
    get isUnheard() {
      return state.isUnheard;
    },
    send: async (envelope, body, sending = signal) =>
      await whileRunning(
        wire,
        sending,
        async () => await transact({ wire, extensions, state, read, cover }, envelope, body),
      ),
    watch: (ended) => (wire.onUnasked = ended),
    retire: () => (state.isUsable = false),
    close: () => {
      state.isUsable = false;
      wire.farewell('QUIT\r\n', 1000);
    },
  };
}

async function begin(wire: SmtpWire, target: SessionTarget, name: string): Promise<Extensions> {
  const { host, port, tls, login } = target;
  if (tls === 'implicit') await wire.encrypt({ host, verify: true });
  await awaitGreeting(wire);
  let extensions = await greet(wire, name, tls !== 'starttls' && login === null);
  const encrypts = tls === 'starttls' || (tls === 'opportunistic' && extensions.has('STARTTLS'));
  if (encrypts) {
    wire.write('STARTTLS\r\n');
    const answer = await wire.read();
    if (answer.code !== 220) {
      const isLasting = answer.code >= 500 || !extensions.has('STARTTLS');
      throw new ReplyError(answer, 'session', { overTls: true, isLasting });
    }
    await wire.encrypt({ host, verify: tls === 'starttls' });
    // What was said in the clear counts no more (RFC 3207 4.2).
    extensions = await greet(wire, name, false);
  }
  if (login !== null) {
    const offered = (extensions.get('AUTH') ?? '').toUpperCase().split(/\s+/);
    await signIn(wire, login, { host, port, offered });
  }
  return extensions;
}

/** `work`, and the end of the wire as soon as we stop. */
async function whileRunning<T>(wire: SmtpWire, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const abort = (): void => void wire.destroy(stoppedError());
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function toSessionError(error: unknown, read: ReadError): SessionError {
  if (error instanceof SessionError) return error;
  // What the server said stands in the refusal, without secrets.
  return new SessionError(read(error), error instanceof ReplyError ? {} : { cause: error });
}

/** As `readSmtpError`, without what was said in confidence. */
export type ReadError = typeof readSmtpError;

function makeReader(hidden: HiddenSecrets, { brokenTls, speaker }: SessionTarget): ReadError {
  return (error): Refusal => {
    const refusal = readSmtpError(error, speaker);
    if (brokenTls !== undefined && refusal.reason === 'tls/required') return brokenTls;
    if (refusal.serverLine === null) return refusal;
    const covered = refusal.serverLine.length < LONGEST_LINE ? 'cover' : 'coverCut';
    return { ...refusal, serverLine: hidden[covered](refusal.serverLine) };
  };
}
