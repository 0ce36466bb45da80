import { MailError } from '../../common/errors.ts';

/** An OAuth error answer (RFC 6749 5.2, RFC 8628 3.5), or that of the authorization page (4.1.2.1). */
export interface RefusedAnswer {
  error: string;
  description: string | null;
  /** Seconds, from Retry-After. */
  retryAfter: number | null;
}

/** The user has to be asked again; beside `invalid_grant` what Microsoft and OpenID say for it. */
const NEEDS_USER = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required']);
/** The admin's client is set wrongly here or at the provider: no user can mend it, and none must be sent to sign in. */
const NEEDS_ADMIN = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
  'invalid_scope',
  'invalid_request',
]);

export type AskedFor = 'begin' | 'refresh';

/**
 * What a refusal means. While a sign-in is under way a refused grant ends this one try; at a refresh it
 * ends the account's permission. Everything that is not understood is temporary.
 */
export function judgeRefusal(answer: RefusedAnswer, asked: AskedFor, provider: string): MailError {
  const { error, description, retryAfter } = answer;
  const serverLine = description === null || description === '' ? error : `${error}: ${description}`;
  const more = { serverLine, params: { provider } };
  if (error === 'access_denied') {
    return new MailError('sign-in-failed', 'denied at the provider', { ...more, reason: 'oauth-denied' });
  }
  if (error === 'expired_token') return explainLate(provider, serverLine);
  if (NEEDS_USER.has(error)) {
    return asked === 'refresh'
      ? new MailError('needs-sign-in', 'the permission has ended', { ...more, reason: 'oauth-expired' })
      : new MailError('sign-in-failed', 'refused by the provider', { ...more, reason: 'oauth-answer' });
  }
  if (NEEDS_ADMIN.has(error)) {
    return new MailError('unavailable', 'the client is refused', { ...more, reason: 'oauth-client' });
  }
  return new MailError('unavailable', 'the provider cannot answer', {
    ...more,
    reason: 'oauth-unavailable',
    ...(retryAfter === null ? {} : { retryAfter }),
  });
}

/** Nobody consented in time. */
export function explainLate(provider: string, serverLine?: string): MailError {
  return new MailError('sign-in-failed', 'the time to sign in is over', {
    reason: 'oauth-late',
    params: { provider },
    ...(serverLine === undefined ? {} : { serverLine }),
  });
}

/** What the device flow does next after a refusal: ask again after `seconds`, or end (RFC 8628 3.5). */
export function decideDeviceAsk(error: string, interval: number): { again: number } | 'end' {
  if (error === 'authorization_pending') return { again: interval };
  if (error === 'slow_down') return { again: interval + 5 };
  return 'end';
}

/** A line of another server as it may be kept: short, without control characters and without `secrets`. */
export function redact(text: string, secrets: readonly (string | null)[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== null && secret.length > 3) clean = clean.replaceAll(secret, '…');
  }
  return clean
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, 400);
}

/**
 * Whether the user left out the very permission for mail, as Google lets him: a provider that says what it granted
 * says none of what was asked for. Compared by the last part, since some answer in the short form.
 */
export function lacksMailScope(asked: readonly string[], granted: string | null): boolean {
  if (granted === null || granted.trim() === '') return false;
  const fold = (scope: string): string =>
    scope.replace(/\/$/, '').split('/').at(-1)?.toLowerCase() ?? scope.toLowerCase();
  const general = new Set(['openid', 'email', 'profile', 'offline_access']);
  const mail = asked.map(fold).filter((scope) => !general.has(scope));
  const given = new Set(granted.split(/\s+/).map(fold));
  return mail.length > 0 && !mail.some((scope) => given.has(scope));
}

/** Whether the provider signed in another mailbox than the one that was meant; where it does not tell, no. */
export function isOtherMailbox(told: string | null, meant: readonly (string | null)[]): boolean {
  const names = meant.filter((name) => name !== null && name.includes('@'));
  if (told === null || names.length === 0) return false;
  return !names.some((name) => name?.toLowerCase() === told.toLowerCase());
}
