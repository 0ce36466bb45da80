import type { ErrorCode } from '../../common/errors.ts';

/** How a refusal without a response code reads. Data, not code: `example` is a reply seen from a real server. */
export interface Refusal {
  pattern: RegExp;
  code: ErrorCode;
  reason: string | null;
  example: string;
}

export const REFUSALS: Refusal[] = [
  {
    pattern: /application[- ]specific password|app password/i,
    code: 'auth-failed',
    reason: 'app-password',
    example: 'Application-specific password required: https://support.google.com/accounts/answer/185833',
  },
  {
    pattern: /not enabled for pop|pop (access|protocol)? ?(is )?(disabled|not enabled)/i,
    code: 'auth-failed',
    reason: 'pop-disabled',
    example:
      'Your account is not enabled for POP access. Please visit your Gmail settings page and enable your account for POP access.',
  },
  {
    pattern: /web ?login required|log in (with|via) your (web )?browser/i,
    code: 'auth-failed',
    reason: 'web-login',
    example: 'Web login required: https://support.google.com/mail/answer/78754',
  },
  {
    pattern:
      /(maildrop|mailbox|mail drop|spool|account).{0,40}\b(locked|in use|busy)\b|unable to lock|lock busy|another (pop3? )?session/i,
    code: 'in-use',
    reason: null,
    example: 'Unable to lock maildrop: Mailbox is locked by POP server',
  },
  {
    pattern:
      /too (soon|frequent|often)|login (rate|interval|delay)|minimum .{0,20}interval|logins? .{0,30}per (minute|hour)/i,
    code: 'login-delay',
    reason: null,
    example: 'Login rate exceeded; your last login was too soon, please wait 15 minutes',
  },
  {
    pattern: /temporar(y|ily)|try (again )?later|too many (open )?connections|system (error|unavailable)/i,
    code: 'server-error',
    reason: null,
    example: 'Temporary authentication failure. [pop3-01:2026-11-21 06:00:00]',
  },
];

export function findRefusal(text: string): Refusal | null {
  return REFUSALS.find((refusal) => refusal.pattern.test(text)) ?? null;
}
