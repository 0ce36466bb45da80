import { MailError } from '../../common/errors.ts';
import type { Speaker } from '../../common/reply/stage.ts';
import { type Refusal, classifyError, classifyReply, cutLine } from '../reply/classify.ts';
import { joinLines } from './wire/reply-reader.ts';
import { ReplyError, WireError } from './wire/wire-error.ts';

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

/** What an error of a session means for the mail; `speaker`: whose host that was. */
export function readSmtpError(error: unknown, speaker: Speaker = 'smarthost'): Refusal {
  if (error instanceof SessionError) return error.refusal;
  if (error instanceof MailError) return classifyError(error);
  if (error instanceof ReplyError) {
    const refusal = classifyReply(joinLines(error.reply), error.stage, speaker);
    return error.overTls ? { ...refusal, reason: 'tls', isLasting: error.isLasting } : refusal;
  }
  if (!(error instanceof WireError)) return plain('internal', '4.3.0');
  if (error.kind === 'timeout') return plain('timeout', '4.4.2');
  if (error.kind === 'dropped') return plain('dropped', '4.4.2');
  if (error.kind === 'protocol') return plain('protocol', '4.5.0', error.message);
  return { ...plain('tls', '4.7.0', error.message), isLasting: error.isLasting };
}

function plain(reason: Refusal['reason'], enhanced: string, line?: string): Refusal {
  const serverLine = line === undefined ? null : cutLine(line);
  return { outcome: 'temporary', reason, code: null, enhanced, serverLine };
}
