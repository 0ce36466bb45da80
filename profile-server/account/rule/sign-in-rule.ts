import { MailError } from '../../../common/errors.ts';
import { foldHost } from '../../../common/host.ts';
import { isTokenAuth, type AccountSecrets, type AccountSettings } from '../../../common/shapes/account.ts';
import type { StoredAccount } from '../account-state.ts';

export function needsSmtpPassword(settings: AccountSettings): boolean {
  const { smtp } = settings.send;
  return smtp !== null && smtp.user !== null && smtp.auth !== 'none';
}

/** Whether a side of an account signs in with tokens of its provider; a token of the user's own is a password to us. */
export function isByToken(auth: string, oauth: string | null): boolean {
  return oauth !== null && isTokenAuth(auth);
}

/**
 * The provider whose tokens the settings sign in with: that of the grant which came with them, or the one of before.
 * Null without a mechanism for tokens, or where a token of the user's own was given as password.
 */
export function planOAuth(
  settings: AccountSettings,
  secrets: AccountSecrets,
  before: Pick<StoredAccount, 'oauth'> | null,
  granted: string | null,
): string | null {
  const { pop3, send } = settings;
  const smtp = needsSmtpPassword(settings) ? send.smtp : null;
  const sides = [
    { auth: pop3.auth, given: secrets.pop3Password },
    { auth: smtp?.auth ?? 'none', given: secrets.smtpPassword },
  ].filter(({ auth }) => isTokenAuth(auth));
  if (granted !== null && sides.length === 0) {
    throw new MailError('invalid', 'a grant without a mechanism for tokens', {
      field: 'settings.pop3.auth',
      reason: 'oauth-auth',
    });
  }
  if (granted !== null) return granted;
  return sides.length > 0 && sides.every(({ given }) => given === undefined) ? (before?.oauth ?? null) : null;
}

interface TokenPlace {
  place: { host: string; tls: string };
  field: string;
}

/** Where tokens would go for the first time; `before` null means that these are new ones. */
export function listNewTokenPlaces(
  settings: AccountSettings,
  before: Pick<StoredAccount, 'settings' | 'oauth'> | null,
): TokenPlace[] {
  const isNew = (place: (Place & { auth: string }) | null, old: (Place & { auth: string }) | null): boolean =>
    place !== null &&
    isTokenAuth(place.auth) &&
    !(old !== null && isByToken(old.auth, before?.oauth ?? null) && keepsTrust(old, place));
  const { pop3, send } = settings;
  const places: TokenPlace[] = [];
  if (isNew(pop3, before?.settings.pop3 ?? null)) places.push({ place: pop3, field: 'settings.pop3' });
  if (
    send.smtp !== null &&
    needsSmtpPassword(settings) &&
    isNew(send.smtp, before?.settings.send.smtp ?? null)
  ) {
    places.push({ place: send.smtp, field: 'settings.send.smtp' });
  }
  return places;
}

/**
 * Which passwords must come with the settings. A kept one goes only where it was given for:
 * whoever sits at an open session must not be able to send it to a host of their own, or in clear.
 * `oauth` is the provider whose tokens stand for passwords, before and after.
 */
export function checkSecrets(
  settings: AccountSettings,
  secrets: AccountSecrets,
  before: AccountSettings | null,
  oauth: { before: string | null; after: string | null } = { before: null, after: null },
): void {
  const { pop3, send } = settings;
  const kept = before === null || isByToken(before.pop3.auth, oauth.before) ? null : before.pop3;
  const asked = !isByToken(pop3.auth, oauth.after) && secrets.pop3Password === undefined;
  if (asked && !keepsTrust(kept, pop3)) throw demandPassword('pop3Password', before, pop3.auth);
  const { smtp } = send;
  if (smtp === null || !needsSmtpPassword(settings) || secrets.smtpPassword !== undefined) return;
  if (isByToken(smtp.auth, oauth.after)) return;
  const old = before !== null && needsSmtpPassword(before) ? before.send.smtp : null;
  const keptSmtp = old === null || isByToken(old.auth, oauth.before) ? null : old;
  if (!keepsTrust(keptSmtp, smtp)) throw demandPassword('smtpPassword', before, smtp.auth);
}

interface Place {
  host: string;
  tls: string;
  user: string | null;
}

function keepsTrust(before: Place | null, after: Place): boolean {
  if (before === null || foldHost(before.host) !== foldHost(after.host) || before.user !== after.user)
    return false;
  return after.tls !== 'none' || before.tls === 'none';
}

function demandPassword(field: string, before: AccountSettings | null, auth: string): MailError {
  if (isTokenAuth(auth)) {
    return new MailError('invalid', 'a sign-in at the provider is needed', {
      field: 'secrets.oauthGrant',
      reason: 'oauth-grant-needed',
    });
  }
  return new MailError('invalid', `${field} is needed`, {
    field: `secrets.${field}`,
    reason: before === null ? 'password-needed' : 'password-needed-again',
  });
}
