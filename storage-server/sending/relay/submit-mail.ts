import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { SECOND } from '../../../common/time.ts';
import { isLoopbackHost } from '../../../server-kit/http/loopback.ts';

/** One mail for a relay's submission port, and as whom it is handed in (RFC 4954, 3461). */
export interface Submission {
  host: string;
  port: number;
  /** authzid: whose mail it is; authcid: this part; the service token for that relay. */
  user: string;
  part: string;
  token: string;
  mailFrom: string;
  recipients: readonly string[];
  /** ENVID: the relay takes (user, sendKey) once, however often it is submitted. */
  sendKey: string;
  /** Bytes with CRLF line ends. */
  source: () => AsyncIterable<Uint8Array>;
  /** No report comes by mail when it fails (NOTIFY=NEVER, RFC 3461 4.1). */
  silent?: boolean;
}

/** The relay's no to one recipient; `line` is its whole reply. */
export interface RefusedRecipient {
  address: string;
  code: number;
  enhanced: string | null;
  line: string;
}

/** What the relay said of a submission that it took, at least for some recipients. */
export interface Submitted {
  line: string;
  refused: RefusedRecipient[];
}

/**
 * Why a submission came to nothing. `permanent`: the relay will never take it. `reached`: the message may be
 * in its queue although no answer came.
 */
export class SubmissionError extends Error {
  readonly permanent: boolean;
  readonly reached: boolean;
  readonly code: number | null;
  readonly line: string | null;
  readonly refused: RefusedRecipient[];

  constructor(
    message: string,
    what: {
      permanent: boolean;
      reached: boolean;
      code: number | null;
      line: string | null;
      refused: RefusedRecipient[];
      cause: unknown;
    },
  ) {
    super(message, { cause: what.cause });
    this.name = 'SubmissionError';
    this.permanent = what.permanent;
    this.reached = what.reached;
    this.code = what.code;
    this.line = what.line;
    this.refused = what.refused;
  }
}

const CONNECT_MS = 10 * SECOND;
const SILENCE_MS = 120 * SECOND;

/** One message by SMTP submission (RFC 6409) to a relay of ours; throws SubmissionError. Beyond loopback only with STARTTLS. */
export async function submitMail(mail: Submission, signal: AbortSignal): Promise<Submitted> {
  const loopback = isLoopbackHost(mail.host);
  const connection = new SMTPConnection({
    host: mail.host,
    port: mail.port,
    name: 'valija',
    secure: false,
    requireTLS: !loopback,
    ignoreTLS: loopback,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    socketCloseTimeout: SECOND,
    customAuth: {
      PLAIN: async (sasl) => {
        // Without ENVID a second try would send the mail a second time.
        if (!sasl.extensions.includes('DSN')) throw new Error('the relay takes no ENVID');
        const reply = await sasl.sendCommand(`AUTH PLAIN ${encodePlain(mail)}`);
        if (reply.status !== 235) throw new Error(reply.response);
      },
    },
  });
  const progress = { sending: false };
  return await new Promise<Submitted>((resolve, reject) => {
    const stop = (): void => fail(new Error('stopped'));
    let over = false;
    const end = (): boolean => {
      if (over) return false;
      over = true;
      signal.removeEventListener('abort', stop);
      return true;
    };
    const fail = (error: unknown): void => {
      if (!end()) return;
      connection.close();
      reject(toSubmissionError(error, progress.sending));
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) return stop();
    connection.on('error', fail);
    connection.on('end', () => fail(new Error('the relay closed the connection')));
    connection.connect((error) => {
      if (error) return fail(error);
      connection.login({ method: 'PLAIN', user: mail.part, pass: mail.token }, (refused) => {
        if (refused) return fail(refused);
        progress.sending = true;
        const envelope = {
          from: mail.mailFrom,
          to: [...mail.recipients],
          use8BitMime: true,
          dsn: { envid: mail.sendKey, ...(mail.silent === true ? { notify: 'never' as const } : {}) },
        };
        connection.send(envelope, Readable.from(mail.source(), { objectMode: false }), (wrong, info) => {
          if (wrong) return fail(wrong);
          if (!end()) return;
          connection.quit();
          setTimeout(() => connection.close(), SECOND).unref();
          resolve({ line: info.response, refused: readRefused(info.rejectedErrors) });
        });
      });
    });
  });
}

function encodePlain({ user, part, token }: Submission): string {
  return Buffer.from(`${user}\0${part}\0${token}`, 'utf8').toString('base64');
}

interface SmtpFailure {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  recipient?: string;
  rejectedErrors?: unknown;
}

function toSubmissionError(error: unknown, sending: boolean): SubmissionError {
  const failure: SmtpFailure = typeof error === 'object' && error !== null ? error : {};
  const code = failure.responseCode ?? null;
  // Nothing that a relay says before it hears of the mail is about the mail: a token may just have ended.
  const permanent = sending && code !== null && code >= 500;
  const message = error instanceof Error ? error.message : 'submission failed';
  return new SubmissionError(message, {
    permanent,
    // A source of ours that broke leaves the message without its end: no relay takes that.
    reached: sending && code === null && failure.code !== 'ESTREAM',
    code,
    line: failure.response ?? null,
    refused: readRefused(failure.rejectedErrors),
    cause: error,
  });
}

function readRefused(errors: unknown): RefusedRecipient[] {
  if (!Array.isArray(errors)) return [];
  return (errors as SmtpFailure[]).map((one) => ({
    address: one.recipient ?? '',
    code: one.responseCode ?? 550,
    enhanced: readEnhanced(one.response ?? ''),
    line: one.response ?? '',
  }));
}

/** RFC 3463 status of a reply line, null when it has none. */
export function readEnhanced(line: string): string | null {
  return /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(line)?.[1] ?? null;
}

/** The id under which the relay queued it, as its 250 says; null when it says none. */
export function readQueueId(line: string): string | null {
  return /\bqueued as ([\w-]{1,64})/.exec(line)?.[1] ?? null;
}
