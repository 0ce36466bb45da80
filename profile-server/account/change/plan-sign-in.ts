import { MailError } from '../../../common/errors.ts';
import type { AccountSecrets, AccountSettings } from '../../../common/shapes/account.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { removeBegin } from '../../oauth/sign-in/begin-store.ts';
import { checkGrantMailbox, demandGrant } from '../../oauth/sign-in/grant.ts';
import { moveTokens, removeTokens } from '../../oauth/token/keep-tokens.ts';
import { checkTokenPlace } from '../../oauth/provider/provider-rule.ts';
import { demandProvider } from '../../oauth/provider/providers.ts';
import { removeCredential } from '../../vault/credential-store.ts';
import { keepSecret } from '../../vault/keep-secret.ts';
import type { StoredAccount } from '../account-state.ts';
import {
  checkSecrets,
  isByToken,
  listNewTokenPlaces,
  needsSmtpPassword,
  planOAuth,
} from '../rule/sign-in-rule.ts';

/** With what an account signs in from now on. */
export interface SignInPlan {
  /** Provider of its tokens; null when it has passwords only. */
  oauth: string | null;
  /** The finished sign-in whose tokens it takes over. */
  grant: string | null;
}

export interface NewSignIn {
  settings: AccountSettings;
  secrets: AccountSecrets;
  /** The account as it was; null for a new one. */
  before: StoredAccount | null;
  /** Whether kept passwords may go to another host: an organisation admin said so. */
  moved?: boolean | undefined;
}

/**
 * Passwords and tokens that settings need, and where they may go. MailError `invalid` names what is missing or may
 * not be; `not-found` for a grant that is gone.
 */
export async function planSignIn(
  server: ProfileContext,
  reader: Reader,
  user: string,
  change: NewSignIn,
): Promise<SignInPlan> {
  const { settings, secrets, before } = change;
  const grant =
    secrets.oauthGrant === undefined ? null : await demandGrant(server, reader, user, secrets.oauthGrant);
  if (grant !== null && grant.account !== null && grant.account !== before?.id) {
    throw new MailError('invalid', 'that sign-in is of another account', {
      reason: 'oauth-grant-gone',
      field: 'secrets.oauthGrant',
    });
  }
  const oauth = planOAuth(settings, secrets, before, grant?.provider ?? null);
  if (change.moved !== true) {
    checkSecrets(settings, secrets, before?.settings ?? null, {
      before: before?.oauth ?? null,
      after: oauth,
    });
  }
  if (oauth === null) return { oauth, grant: null };
  const places = listNewTokenPlaces(settings, grant === null ? before : null);
  if (places.length > 0) {
    const provider = await demandProvider(server, reader, oauth);
    for (const { place, field } of places) checkTokenPlace(place, provider, field);
    if (grant !== null) checkGrantMailbox(grant, settings, provider.name);
  }
  return { oauth, grant: grant?.account === null ? grant.id : null };
}

/** Keeps what came with the settings and forgets what they no longer need. */
export async function keepSecrets(
  server: ProfileContext,
  tx: Writer,
  place: { user: string; account: string },
  { settings, secrets }: Pick<NewSignIn, 'settings' | 'secrets'>,
  plan: SignInPlan,
): Promise<void> {
  const { pop3Password, smtpPassword } = secrets;
  const { user, account } = place;
  if (isByToken(settings.pop3.auth, plan.oauth)) await removeCredential(tx, account, 'pop3');
  else if (pop3Password !== undefined) await keepSecret(server, tx, { ...place, kind: 'pop3' }, pop3Password);
  const { smtp } = settings.send;
  const smtpByToken = smtp !== null && isByToken(smtp.auth, plan.oauth);
  if (smtpByToken || !needsSmtpPassword(settings)) await removeCredential(tx, account, 'smtp');
  else if (smtpPassword !== undefined) await keepSecret(server, tx, { ...place, kind: 'smtp' }, smtpPassword);
  if (plan.oauth === null) await removeTokens(tx, account);
  if (plan.grant === null) return;
  if (!(await moveTokens(server, tx, user, { from: plan.grant, to: account }))) {
    throw new MailError('not-found', 'the tokens of the sign-in are gone', {
      reason: 'oauth-grant-gone',
      field: 'secrets.oauthGrant',
    });
  }
  await removeBegin(tx, plan.grant);
}
