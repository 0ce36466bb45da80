import { MailError } from '../../common/errors.ts';
import { type Refusal, classifyError, classifyReply, cutLine } from './classify.ts';
import type { Stage } from './reply-rules.ts';

/** The session could not be opened, or broke: every recipient not decided yet shares this refusal. */
export class SessionError extends Error {
  readonly refusal: Refusal;
  /** True when we ended it ourselves (the relay stops): that is no try. */
  readonly stopped: boolean;

  constructor(refusal: Refusal, options: { cause?: unknown; stopped?: boolean } = {}) {
    super(refusal.serverLine ?? refusal.reason, { cause: options.cause });
    this.name = 'SessionError';
    this.refusal = refusal;
    this.stopped = options.stopped ?? false;
  }
}

/** The relay stops: what was under way goes back to the queue, and nobody counts it as a try. */
export function stoppedError(cause?: unknown): SessionError {
  return new SessionError(plain('dropped', '4.3.2'), { cause, stopped: true });
}

interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  originalCode?: string;
}

/** What an error of nodemailer's SMTP client means for the mail; `stage` where the error does not name its command. */
export function readSmtpError(error: unknown, stage: Stage): Refusal {
  if (error instanceof SessionError) return error.refusal;
  if (error instanceof MailError) return classifyError(error);
  if (!(error instanceof Error)) return plain('internal', '4.3.0');
  const { command, response, code, originalCode, message } = error as SmtpError;
  if (response !== undefined && code === 'ETLS')
    return { ...classifyReply(response, 'session'), reason: 'tls' };
  if (response !== undefined) return classifyReply(response, stageOf(command) ?? stage);
  switch (code) {
    case 'ETIMEDOUT':
      return plain('timeout', '4.4.2');
    case 'ETLS':
      return plain('tls', '4.7.0', message);
    case 'EAUTH':
      return plain('needs-sign-in', '4.7.0', message);
    case 'EPROTOCOL':
      return plain('protocol', '4.5.0', message);
    case 'EMESSAGE':
      // The only one without a reply: the mail is larger than the SIZE that the server announced.
      return { ...plain('too-large', '5.3.4', message), outcome: 'permanent' };
    case 'EENVELOPE':
      return { ...plain('recipient-refused', '5.1.3', message), outcome: 'permanent' };
    case 'ESTREAM':
      return plain('internal', '4.3.0');
    default:
      if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY/.test(originalCode ?? '')) return plain('tls', '4.7.0', message);
      return originalCode === 'ECONNREFUSED' ? plain('connect-refused', '4.4.1') : plain('dropped', '4.4.2');
  }
}

function plain(reason: Refusal['reason'], enhanced: string, line?: string): Refusal {
  const serverLine = line === undefined ? null : cutLine(line);
  return { outcome: 'temporary', reason, code: null, enhanced, serverLine };
}

function stageOf(command: string | undefined): Stage | null {
  if (command === undefined) return null;
  if (command === 'MAIL FROM') return 'sender';
  if (command === 'RCPT TO') return 'recipient';
  if (command === 'DATA') return 'data';
  return command.startsWith('AUTH') ? 'login' : 'session';
}
