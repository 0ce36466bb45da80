import type { ErrorCode } from '../errors.ts';
import { splitReason } from '../reason.ts';

/** A key of the error texts (common/error-texts): a code, or a code with its more exact reason. At most 40 characters. */
export type Reason = ErrorCode | `${ErrorCode}/${string}`;

export interface ReplyClassFacts {
  /** The sentence, with the next step, in both languages. */
  reason: Reason;
  /**
   * `as-code`: 4xx is tried again, 5xx is not. `temporary` also where the code is 5xx: it passes by itself, or the user
   * can mend it while the mail waits. A 4xx is never made permanent.
   */
  outcome: 'as-code' | 'temporary';
  /**
   * Whom it is about: one address, this mail, whoever sends it, our account at the smarthost, or everything that goes to
   * this destination now (fewer connections help).
   */
  concerns: 'recipient' | 'mail' | 'sender' | 'account' | 'destination';
  /** A permanent one is remembered: the next mail to that address fails at once. */
  suppresses?: true;
}

/** What replies mean. Several providers, many words, few meanings. */
export const REPLY_CLASSES = {
  'unknown-user': {
    reason: 'recipient-refused/unknown-user',
    outcome: 'as-code',
    concerns: 'recipient',
    suppresses: true,
  },
  disabled: {
    reason: 'recipient-refused/disabled',
    outcome: 'as-code',
    concerns: 'recipient',
    suppresses: true,
  },
  moved: { reason: 'recipient-refused/moved', outcome: 'as-code', concerns: 'recipient' },
  'mailbox-full': { reason: 'recipient-refused/mailbox-full', outcome: 'as-code', concerns: 'recipient' },
  'recipient-busy': { reason: 'server-error/recipient-busy', outcome: 'temporary', concerns: 'recipient' },
  restricted: { reason: 'recipient-refused/restricted', outcome: 'as-code', concerns: 'recipient' },
  'bad-address': { reason: 'recipient-refused/bad-address', outcome: 'as-code', concerns: 'recipient' },
  'relay-denied': { reason: 'recipient-refused/relay-denied', outcome: 'as-code', concerns: 'recipient' },
  'unknown-domain': { reason: 'recipient-refused/no-such-domain', outcome: 'as-code', concerns: 'recipient' },
  loop: { reason: 'recipient-refused/loop', outcome: 'as-code', concerns: 'recipient' },
  'recipient-refused': { reason: 'recipient-refused', outcome: 'as-code', concerns: 'recipient' },
  'too-many-recipients': {
    reason: 'server-error/too-many-recipients',
    outcome: 'temporary',
    concerns: 'mail',
  },

  'policy-spam': { reason: 'recipient-refused/spam', outcome: 'as-code', concerns: 'mail' },
  content: { reason: 'recipient-refused/content', outcome: 'as-code', concerns: 'mail' },
  virus: { reason: 'recipient-refused/virus', outcome: 'as-code', concerns: 'mail' },
  format: { reason: 'recipient-refused/format', outcome: 'as-code', concerns: 'mail' },
  'no-smtputf8': { reason: 'recipient-refused/no-smtputf8', outcome: 'as-code', concerns: 'recipient' },
  'too-large': { reason: 'too-large/for-recipient', outcome: 'as-code', concerns: 'mail' },
  'mail-refused': { reason: 'recipient-refused/mail', outcome: 'as-code', concerns: 'mail' },

  'blocked-ip': { reason: 'route-refused/blocked-ip', outcome: 'as-code', concerns: 'destination' },
  'home-network': { reason: 'route-refused/home-network', outcome: 'as-code', concerns: 'destination' },
  reputation: { reason: 'route-refused/reputation', outcome: 'as-code', concerns: 'destination' },
  'reverse-dns': { reason: 'route-refused/reverse-dns', outcome: 'as-code', concerns: 'destination' },
  helo: { reason: 'route-refused/helo', outcome: 'as-code', concerns: 'destination' },
  dmarc: { reason: 'route-refused/dmarc', outcome: 'as-code', concerns: 'sender' },
  unauthenticated: { reason: 'route-refused/unauthenticated', outcome: 'as-code', concerns: 'sender' },
  'sender-not-owned': { reason: 'route-refused/sender-not-owned', outcome: 'as-code', concerns: 'sender' },
  'sender-unknown': { reason: 'route-refused/sender-unknown', outcome: 'as-code', concerns: 'sender' },
  'sender-blocked': { reason: 'route-refused/sender-blocked', outcome: 'as-code', concerns: 'sender' },
  'sender-refused': { reason: 'route-refused', outcome: 'as-code', concerns: 'sender' },

  'auth-needed': { reason: 'needs-sign-in', outcome: 'temporary', concerns: 'account' },
  'app-password': { reason: 'needs-sign-in/app-password', outcome: 'temporary', concerns: 'account' },
  'basic-auth-off': { reason: 'needs-sign-in/use-oauth', outcome: 'temporary', concerns: 'account' },
  'smtp-off': { reason: 'needs-sign-in/smtp-off', outcome: 'temporary', concerns: 'account' },
  'web-login': { reason: 'needs-sign-in/web-login', outcome: 'temporary', concerns: 'account' },
  'account-blocked': { reason: 'route-refused/account-blocked', outcome: 'temporary', concerns: 'account' },
  'sending-limit': { reason: 'too-many-tries/sending-limit', outcome: 'temporary', concerns: 'account' },

  greylisted: { reason: 'server-error/greylisted', outcome: 'temporary', concerns: 'recipient' },
  'rate-limited': { reason: 'too-many-tries/rate-limited', outcome: 'temporary', concerns: 'destination' },
  busy: { reason: 'server-error/busy', outcome: 'temporary', concerns: 'destination' },
  'tls-required': { reason: 'tls/required', outcome: 'as-code', concerns: 'destination' },
  lookup: { reason: 'server-error/lookup', outcome: 'as-code', concerns: 'recipient' },
  unreachable: { reason: 'server-error/unreachable', outcome: 'as-code', concerns: 'recipient' },
  protocol: { reason: 'protocol/command', outcome: 'temporary', concerns: 'destination' },
  'host-fault': { reason: 'server-error/fault', outcome: 'as-code', concerns: 'mail' },
  'host-trouble': { reason: 'server-error', outcome: 'as-code', concerns: 'destination' },
} as const satisfies Record<string, ReplyClassFacts>;

export type ReplyClass = keyof typeof REPLY_CLASSES;

const BY_REASON = new Map<string, ReplyClassFacts>(
  Object.values(REPLY_CLASSES).map((facts) => [facts.reason, facts]),
);

/** Whether an address that failed for good with this reason fails at once from then on. */
export function isSuppressing(reason: string): boolean {
  return BY_REASON.get(reason)?.suppresses ?? false;
}

/** Whether the account's sign-in was refused, whatever the provider wants instead. */
export function isSignInRefusal(reason: string | null): boolean {
  return reason !== null && /^needs-sign-in(\/|$)/.test(reason);
}

/** What happened without a reply, and says that the host has no time for us. */
const STRAINED: ReadonlySet<string> = new Set(['timeout', 'dropped', 'connect-refused']);

/**
 * Whether what became of a recipient asks for fewer connections to the whole destination: 421 (RFC 5321 3.8), a host that
 * does not answer or breaks off, and replies about traffic or the host's own state that may pass.
 */
export function slowsDestination(outcome: {
  state: string;
  code: number | null;
  reason: string | null;
}): boolean {
  const { state, code, reason } = outcome;
  if (state === 'accepted' || reason === null) return false;
  if (code === 421 || STRAINED.has(splitReason(reason).code)) return true;
  return code !== null && code < 500 && BY_REASON.get(reason)?.concerns === 'destination';
}
