import { MailError, fromWireError } from '../../common/errors.ts';
import type { AccountSettings } from '../../common/shapes/account.ts';
import type { OAuthBegin, OAuthChoice } from '../../common/shapes/oauth.ts';
import type { Call } from '../call.ts';
import { cleanText } from '../report.ts';
import { ask, type Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** The provider named by its id, or whose server the host is. MailError not-found; `not-yet` without a client of the admin's. */
export async function findChoice(
  { profile }: Connection,
  by: { id: string | null; host: string },
): Promise<OAuthChoice> {
  const { providers } = await ask(profile.oauth.providers.query());
  const fits = ({ id, hosts }: OAuthChoice): boolean =>
    by.id === null ? hosts.includes(by.host) : id === by.id;
  const choice = providers.find((one) => fits(one) && one.ready) ?? providers.find(fits);
  if (choice === undefined) {
    const params = { provider: by.id ?? by.host };
    throw new MailError('not-found', 'no such provider', { reason: 'oauth-provider', params });
  }
  if (!choice.ready) {
    const params = { provider: choice.name };
    throw new MailError('not-yet', 'no client is set', { reason: 'oauth-no-client', params });
  }
  return choice;
}

/** Begins a sign-in at a provider, says on stderr where, and waits for its end; the grant's id. MailErrors of the sign-in. */
export async function signInAtProvider(
  call: Call,
  { profile }: Connection,
  what: { provider: string; account: string | null; email: string },
): Promise<string> {
  const flow = call.typed.has('device') ? 'device' : null;
  const begun = await ask(profile.oauth.begin.mutate({ ...what, flow }));
  call.note(describeBegin(begun, call));
  for (;;) {
    const { state, error } = await ask(profile.oauth.wait.query({ id: begun.id }));
    if (state === 'done') return begun.id;
    if (state === 'failed') {
      throw fromWireError(error) ?? new MailError('sign-in-failed', 'refused', { reason: 'oauth-denied' });
    }
  }
}

/** The settings with the provider's mechanism instead of a password; a submission server with its own login keeps it. */
export function useToken(settings: AccountSettings, sasl: 'xoauth2' | 'oauthbearer'): AccountSettings {
  const { pop3, send } = settings;
  const smtp = send.smtp === null || send.smtp.auth !== 'auto' ? send.smtp : { ...send.smtp, auth: sasl };
  return { ...settings, pop3: { ...pop3, auth: sasl }, send: { ...send, smtp } };
}

function describeBegin({ url, userCode, verificationUrl }: OAuthBegin, call: Call): string {
  const words = call.words();
  if (userCode === null) return `${words.openInBrowser}\n  ${cleanText(url ?? '')}`;
  const page = cleanText(verificationUrl ?? url ?? '');
  return `${fill(words.openAndEnter, { code: cleanText(userCode) })}\n  ${page}`;
}
