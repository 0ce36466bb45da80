import type { ErrorCode, MailError } from '../../common/errors.ts';
import { defaultEnhanced, parseReply, withClass } from '../../common/enhanced-status.ts';
import { findClass } from '../../common/reply/find-class.ts';
import { REPLY_CLASSES, type Reason, type ReplyClassFacts } from '../../common/reply/reply-class.ts';
import type { Speaker, Stage } from '../../common/reply/stage.ts';

/** Why a recipient was not accepted; kept with it, told to the user, written into a DSN. */
export interface Refusal {
  /** Only `permanent` ends a recipient; what is not understood is `temporary`. */
  outcome: 'temporary' | 'permanent';
  reason: Reason;
  code: number | null;
  enhanced: string;
  serverLine: string | null;
  /**
   * Of TLS that did not begin: it stays so until somebody mends the host. STARTTLS is not offered or refused for good, or
   * the certificate proves nothing.
   */
  isLasting?: boolean;
}

/** Reads a negative reply. A permanent one while the session is set up says nothing about the mail: it is tried again. */
export function classifyReply(raw: string, stage: Stage, speaker: Speaker): Refusal {
  const serverLine = cutLine(raw);
  const reply = parseReply(raw);
  if (reply === null) {
    return { outcome: 'temporary', reason: 'protocol', code: null, enhanced: '4.5.0', serverLine };
  }
  const found: ReplyClassFacts = REPLY_CLASSES[findClass(reply, stage, speaker)];
  const setUp = stage === 'session' || stage === 'login';
  // A 4xx is never made permanent, whatever its text resembles.
  const temporary = setUp || reply.code < 500 || found.outcome === 'temporary';
  return {
    outcome: temporary ? 'temporary' : 'permanent',
    reason: found.reason,
    code: reply.code,
    enhanced: withClass(reply.enhanced ?? defaultEnhanced(reply.code), temporary ? 4 : 5),
    serverLine,
  };
}

/** Statuses of what happened before a server could say anything (RFC 3463 3.5). */
const ENHANCED: Partial<Record<ErrorCode, string>> = {
  dns: '4.4.3',
  'connect-refused': '4.4.1',
  timeout: '4.4.2',
  dropped: '4.4.2',
  tls: '4.7.0',
  protocol: '4.5.0',
  'host-not-allowed': '4.4.4',
  'auth-failed': '4.7.0',
  'needs-sign-in': '4.7.0',
  'too-large': '4.3.4',
};

/** Where the more exact reason says something about the mail, and not only about our try. */
const EXACT: ReadonlySet<string> = new Set([
  'recipient-refused/no-such-domain',
  'recipient-refused/null-mx',
  'recipient-refused/mail-loop',
  'recipient-refused/suppressed',
  'route-refused/no-smarthost',
  'dns/unknown-host',
  'host-not-allowed/policy-host',
  'host-not-allowed/oauth-host',
  'needs-sign-in/oauth-expired',
  'needs-sign-in/locked-until-password',
  'unavailable/oauth-unavailable',
  'unavailable/oauth-client',
]);

/** A refusal from an error of ours (DNS, egress guard, credential): temporary unless the thrower marked it with a 5.x status. */
export function classifyError(error: MailError): Refusal {
  const permanent = error.status?.startsWith('5.') ?? false;
  return {
    outcome: permanent ? 'permanent' : 'temporary',
    reason: EXACT.has(`${error.code}/${error.reason}`) ? `${error.code}/${error.reason}` : error.code,
    code: null,
    enhanced: error.status ?? ENHANCED[error.code] ?? '4.0.0',
    serverLine: error.serverLine,
  };
}

/** Of a server's line so much is kept. */
export const LONGEST_LINE = 500;

/** A reply as it may be shown and stored: one line, no control characters, at most 500 characters. */
export function cutLine(line: string): string {
  return line
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, LONGEST_LINE);
}
