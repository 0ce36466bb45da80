import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import SMTPConnection, { type SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import type { SmtpSettings, TlsMode } from '../../common/shapes/account.ts';
import { HiddenSecrets } from '../../server-kit/hidden-secrets.ts';
import { LONGEST_LINE, type Refusal } from './classify.ts';
import { addLogin } from './login.ts';
import { SessionError, readSmtpError, stoppedError } from './smtp-error.ts';

export interface SessionTarget {
  host: string;
  port: number;
  /** `opportunistic`: STARTTLS when offered, the certificate unchecked (RFC 7435): better than nothing, for MX only. */
  tls: TlsMode | 'opportunistic';
  login: { user: string; secret: string | null; auth: SmtpSettings['auth'] } | null;
}

export interface SessionOptions {
  /** A TCP connection that the egress guard has allowed. */
  connect: (signal: AbortSignal) => Promise<Socket>;
  /** What we call ourselves in EHLO. */
  name: string;
  timeouts: SessionTimeouts;
  signal: AbortSignal;
}

/** Milliseconds. */
export interface SessionTimeouts {
  connect: number;
  /** From the connection to the end of EHLO and TLS. */
  greeting: number;
  /** Silence afterwards; RFC 5321 4.5.3.2 asks for ten minutes after the final dot. */
  idle: number;
}
export const SESSION_TIMEOUTS: SessionTimeouts = { connect: 30_000, greeting: 120_000, idle: 600_000 };

/** The last reply for an accepted recipient, or why it was refused. */
export type RecipientReply = { accepted: true; line: string } | { accepted: false; refusal: Refusal };

export interface SmtpSession {
  /** `TLSv1.3`, or null in the clear. */
  readonly tls: string | null;
  readonly hasSmtpUtf8: boolean;
  /** Never throws for what the server said or how the session broke; SessionError only when we stop. */
  send(envelope: SMTPEnvelope & { to: string[] }, body: Readable): Promise<Map<string, RecipientReply>>;
  close(): void;
}

/** The envelope as nodemailer keeps it while sending: the only way to the refused recipients when the final dot fails too. */
interface Internals {
  _envelope?: { rejectedErrors?: readonly Error[] };
  _supportedExtensions?: readonly string[];
}

/** Connects, greets, encrypts and signs in. Throws SessionError. */
export async function openSession(target: SessionTarget, options: SessionOptions): Promise<SmtpSession> {
  const socket = await options.connect(options.signal);
  const connection = new SMTPConnection({
    connection: socket,
    host: target.host,
    port: target.port,
    name: options.name,
    secure: target.tls === 'implicit',
    requireTLS: target.tls === 'starttls',
    ignoreTLS: target.tls === 'none',
    opportunisticTLS: target.tls === 'opportunistic',
    tls: target.tls === 'opportunistic' ? { rejectUnauthorized: false } : {},
    connectionTimeout: options.timeouts.greeting,
    greetingTimeout: options.timeouts.greeting,
    socketTimeout: options.timeouts.idle,
    socketCloseTimeout: 2000,
    maxResponseSize: 64 * 1024,
    logger: false,
    ...addLogin(target),
  });
  const hidden = new HiddenSecrets();
  if (target.login?.secret) hidden.add(target.login.secret);
  const read: ReadError = (error, stage) => {
    const refusal = readSmtpError(error, stage);
    if (refusal.serverLine === null) return refusal;
    const covered = refusal.serverLine.length < LONGEST_LINE ? 'cover' : 'coverCut';
    return { ...refusal, serverLine: hidden[covered](refusal.serverLine) };
  };
  const broken = watchBreaks(connection, options.signal, read);
  try {
    await broken.or(
      new Promise<void>((resolve, reject) => {
        connection.connect((error) => (error ? reject(error) : resolve()));
      }),
      'session',
    );
    if (target.login !== null) await broken.or(signIn(connection, target.login), 'login');
  } catch (error) {
    connection.close();
    socket.destroy();
    broken.stop();
    throw error;
  }
  return {
    tls: connection._socket instanceof TLSSocket ? connection._socket.getProtocol() : null,
    hasSmtpUtf8: ((connection as unknown as Internals)._supportedExtensions ?? []).includes('SMTPUTF8'),
    send: async (envelope, body) => await sendMail(connection, { broken, read }, envelope, body),
    close: () => {
      broken.stop();
      closePolitely(connection);
    },
  };
}

async function signIn(connection: SMTPConnection, login: NonNullable<SessionTarget['login']>): Promise<void> {
  const methods: Partial<Record<SmtpSettings['auth'], string>> = {
    plain: 'PLAIN',
    login: 'LOGIN',
    // Names of our own handlers: nodemailer itself would fall back to PLAIN and send the token as a password.
    xoauth2: 'VALIJA-XOAUTH2',
    oauthbearer: 'VALIJA-OAUTHBEARER',
  };
  const method = methods[login.auth];
  await new Promise<void>((resolve, reject) => {
    connection.login(
      { user: login.user, pass: login.secret ?? '', ...(method === undefined ? {} : { method }) },
      (error) => (error ? reject(error) : resolve()),
    );
  });
}

async function sendMail(
  connection: SMTPConnection,
  { broken, read }: { broken: Breaks; read: ReadError },
  envelope: SMTPEnvelope & { to: string[] },
  body: Readable,
): Promise<Map<string, RecipientReply>> {
  const replies = new Map<string, RecipientReply>();
  const noteRefused = (errors: readonly Error[] | undefined): void => {
    for (const error of errors ?? []) {
      const address = 'recipient' in error ? String(error.recipient) : null;
      if (address !== null) replies.set(address, { accepted: false, refusal: read(error, 'recipient') });
    }
  };
  try {
    const info = await broken.or(
      new Promise<{ response: string; rejectedErrors?: readonly Error[] | undefined }>((resolve, reject) => {
        connection.send(envelope, body, (error, result) => (error ? reject(error) : resolve(result)));
      }),
      'data',
    );
    noteRefused(info.rejectedErrors);
    for (const to of envelope.to)
      if (!replies.has(to)) replies.set(to, { accepted: true, line: info.response });
  } catch (error) {
    if (!(error instanceof SessionError) || error.stopped) throw error;
    noteRefused((connection as unknown as Internals)._envelope?.rejectedErrors);
    for (const to of envelope.to) {
      if (!replies.has(to)) replies.set(to, { accepted: false, refusal: error.refusal });
    }
  } finally {
    body.destroy();
  }
  return replies;
}

/** As `readSmtpError`, without what was said in confidence. */
type ReadError = typeof readSmtpError;

interface Breaks {
  /** `work`, or the break of the connection, whichever comes first; failures become SessionError. */
  or<T>(work: Promise<T>, stage: 'session' | 'login' | 'data'): Promise<T>;
  stop(): void;
}

/** nodemailer reports a lost connection by an event, not to whoever waits for a reply. */
function watchBreaks(connection: SMTPConnection, signal: AbortSignal, read: ReadError): Breaks {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  const abort = (): void => broken.reject(stoppedError());
  connection.on('error', (error: Error) => broken.reject(error));
  connection.once('end', () => broken.reject(new Error('connection ended')));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return {
    or: async (work, stage) => {
      work.catch(() => undefined);
      try {
        return await Promise.race([broken.promise, work]);
      } catch (error) {
        if (error instanceof SessionError) throw error;
        // What the server said stands in the refusal, without secrets.
        const said = error instanceof Error && 'response' in error;
        throw new SessionError(read(error, stage), said ? {} : { cause: error });
      }
    },
    stop: () => signal.removeEventListener('abort', abort),
  };
}

/** QUIT, but without waiting longer than a moment for its answer. */
function closePolitely(connection: SMTPConnection): void {
  try {
    connection.quit();
  } finally {
    setTimeout(() => connection.close(), 1000).unref();
  }
}
