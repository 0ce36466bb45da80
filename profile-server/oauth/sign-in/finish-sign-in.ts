import { MailError, toWireError } from '../../../common/errors.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { demandAccount } from '../../account/account-store.ts';
import type { ProfileContext } from '../../context.ts';
import { findLiveSession } from '../../session/session-store.ts';
import { isOtherMailbox, lacksMailScope } from '../answer-rule.ts';
import { BEGIN_LIFE } from './begin-sign-in.ts';
import { settleBegin, type BeginRecord } from './begin-store.ts';
import type { IssuedTokens } from '../exchange.ts';
import { keepTokens } from '../token/keep-tokens.ts';
import { resumeAccount } from '../token/mark-account.ts';
import { checkSameProvider } from '../provider/provider-rule.ts';
import type { SignInProvider } from '../provider/providers.ts';

/**
 * The user has consented: the tokens become the account's, which is polled again at once, or wait for an account
 * to be made. MailError when they are of no use; the sign-in has failed then.
 */
export async function finishSignIn(
  server: ProfileContext,
  begin: BeginRecord,
  provider: SignInProvider,
  issued: IssuedTokens,
): Promise<void> {
  const { id, user, account } = begin;
  const told = await server.db.write(async (tx) => {
    // Nothing is added for a user who has left, or was shut out, since he began.
    if ((await findLiveSession(tx, begin.session, server.clock.now())) === undefined) {
      throw new MailError('sign-in-failed', 'its session is over', { reason: 'oauth-session' });
    }
    const meant = [begin.email, ...(await readNames(tx, begin, provider))];
    const refreshToken = checkTokens(issued, provider, meant);
    const { accessToken, expiresIn, email } = issued;
    const tokens = { provider, accessToken, refreshToken, expiresIn };
    const expires_at = server.clock.now() + BEGIN_LIFE;
    // Somebody else has ended it: expired, or its session was.
    if (!(await settleBegin(tx, id, { state: 'done', error: null, email, expires_at }))) return null;
    await keepTokens(server, tx, { user, holder: account ?? id }, tokens);
    return account === null ? null : await resumeAccount(server, tx, user, account);
  });
  told?.();
  server.hints.give(`user:${user}`);
}

/** It is over without tokens; `oauth.wait` says why. */
export async function failSignIn(
  server: ProfileContext,
  begin: BeginRecord,
  error: MailError,
): Promise<void> {
  await server.db.write(async (tx) => {
    const { email } = begin;
    const expires_at = server.clock.now() + BEGIN_LIFE;
    await settleBegin(tx, begin.id, {
      state: 'failed',
      error: JSON.stringify(toWireError(error)),
      email,
      expires_at,
    });
  });
  server.hints.give(`user:${begin.user}`);
}

/** The refresh token of tokens that are of use: for mail, for long, and of the mailbox that was meant. MailError `sign-in-failed`. */
export function checkTokens(
  issued: Pick<IssuedTokens, 'refreshToken' | 'scope' | 'email'>,
  provider: { name: string; scopes: readonly string[] },
  meant: readonly (string | null)[],
): string {
  const refuse = (reason: string, params: Record<string, string> = {}): MailError =>
    new MailError('sign-in-failed', reason, { reason, params: { provider: provider.name, ...params } });
  if (lacksMailScope(provider.scopes, issued.scope)) throw refuse('oauth-scope');
  if (isOtherMailbox(issued.email, meant)) {
    throw refuse('oauth-other-mailbox', { email: issued.email ?? '' });
  }
  if (issued.refreshToken === null) throw refuse('oauth-no-refresh');
  return issued.refreshToken;
}

async function readNames(tx: Writer, begin: BeginRecord, provider: SignInProvider): Promise<string[]> {
  if (begin.account === null) return [];
  const { settings, oauth } = await demandAccount(tx, begin.user, begin.account);
  checkSameProvider(oauth, provider);
  return [settings.email, settings.pop3.user];
}
