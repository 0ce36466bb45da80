import { MailError } from '../../common/errors.ts';
import type { AccountSettings, SmtpSettings } from '../../common/shapes/account.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { demandAccount } from '../account/account-store.ts';
import { demandPollable, demandSendable } from '../account/rule/demand-allowed.ts';
import { isByToken, listNewTokenPlaces } from '../account/rule/sign-in-rule.ts';
import type { ProfileContext } from '../context.ts';
import { fetchAccessToken } from '../oauth/token/access-token.ts';
import { checkGrantMailbox, demandGrant } from '../oauth/sign-in/grant.ts';
import { noteRefusedToken } from '../oauth/token/refused-token.ts';
import { checkTokenPlace } from '../oauth/provider/provider-rule.ts';
import { demandProvider, demandTokenPlace } from '../oauth/provider/providers.ts';
import { demandHome } from '../part/demand-home.ts';
import { findHeldLease } from '../schedule/lease-store.ts';
import { findUser } from '../user/user-store.ts';
import { openSecret } from './keep-secret.ts';
import { recordUse, type UseReason } from './record-use.ts';

/** For retrieval: what to connect to and with what, only to the part that holds the account's lease now. */
export async function useForRetrieval(
  server: ProfileContext,
  part: string,
  use: { lease: string; account: string; purpose: 'retrieve' | 'test' },
): Promise<{ settings: AccountSettings; secret: string }> {
  const open: Opening<{ settings: AccountSettings; secret: string }> = async (tx, token) => {
    const lease = await findHeldLease(tx, use.lease, part, server.clock.now());
    if (lease === undefined || lease.account !== use.account) {
      throw new MailError('forbidden', 'no such lease is held', { reason: 'lease-lost' });
    }
    const { user } = lease;
    const { settings, oauth } = await demandAccount(tx, user, use.account);
    const inForce = await demandPollable(tx, user, { id: use.account, settings });
    const provider = isByToken(settings.pop3.auth, oauth) ? oauth : null;
    if (provider !== null) await demandTokenPlace(tx, provider, settings.pop3);
    if (provider !== null && token?.oauth !== provider) return { tokenOf: user, oauth: provider };
    const why = { part, purpose: use.purpose, reference: use.lease };
    const place = { user, account: use.account };
    const secret =
      provider === null
        ? await openSecret(server, tx, { ...place, kind: 'pop3' }, why)
        : await handOn(server, tx, place, token, why);
    if (secret === null)
      throw new MailError('needs-sign-in', 'no password is kept', { reason: 'no-password' });
    return { settings: inForce, secret };
  };
  return await useOpened(server, use.account, open);
}

/** For a queued mail that the relay names: the account's smarthost, `secret` null when it wants none. */
export async function useForSubmission(
  server: ProfileContext,
  part: string,
  use: { queueId: string; user: string; account: string },
): Promise<{ smtp: SmtpSettings; secret: string | null }> {
  const { queueId, ...whose } = use;
  const opened = await openSmarthost(server, { ...whose, part, purpose: 'submit', reference: queueId });
  // The relay's id of the mail: by it its way is found in the logs of all parts.
  server.log.info('credential.opened', { mail: queueId, ...whose, relay: part });
  return opened;
}

/** For `account test` at the user's home. */
export async function useForSubmissionTest(
  server: ProfileContext,
  part: string,
  use: { user: string; account: string },
): Promise<{ smtp: SmtpSettings; secret: string | null }> {
  await demandHome(server, part, use.user);
  return await openSmarthost(server, { ...use, part, purpose: 'submit-test', reference: null });
}

/**
 * For `account test` of settings that are not saved: the token of a finished sign-in, good for the provider's own
 * hosts only. MailError `not-found` or `invalid`.
 */
export async function useGrant(
  server: ProfileContext,
  part: string,
  use: { user: string; grant: string; settings: AccountSettings },
): Promise<{ secret: string }> {
  const { user, settings } = use;
  await demandHome(server, part, user);
  const grant = await demandGrant(server, server.db.read, user, use.grant);
  const provider = await demandProvider(server, server.db.read, grant.provider);
  for (const { place, field } of listNewTokenPlaces(settings, null)) checkTokenPlace(place, provider, field);
  checkGrantMailbox(grant, settings, provider.name);
  const holder = grant.account ?? grant.id;
  const secret = await fetchAccessToken(server, { user, holder, provider: grant.provider });
  await server.db.write(async (tx) => {
    await recordUse(server, tx, { user, account: holder, part, purpose: 'grant-test', reference: null });
  });
  return { secret };
}

/** MailError `not-found` for an account that is not that user's. */
export async function reportRefused(
  server: ProfileContext,
  use: { user: string; account: string },
): Promise<void> {
  await server.db.write(async (tx) => {
    await demandAccount(tx, use.user, use.account);
    await noteRefusedToken(tx, use.account, server.clock.now());
  });
}

type Use = UseReason & { user: string; account: string };

async function openSmarthost(
  server: ProfileContext,
  use: Use,
): Promise<{ smtp: SmtpSettings; secret: string | null }> {
  const { user, account, ...why } = use;
  const open: Opening<{ smtp: SmtpSettings; secret: string | null }> = async (tx, token) => {
    if ((await findUser(tx, user))?.disabled === 1) {
      throw new MailError('forbidden', 'the user is disabled', { reason: 'user-disabled' });
    }
    const { settings, oauth } = await demandAccount(tx, user, account);
    const { way, smtp } = settings.send;
    if (way !== 'smarthost' || smtp === null) {
      throw new MailError('route-refused', 'the account sends by the relay', { reason: 'no-smarthost' });
    }
    await demandSendable(tx, user, settings.send);
    if (smtp.auth === 'none' || smtp.user === null) return { smtp, secret: null };
    const provider = isByToken(smtp.auth, oauth) ? oauth : null;
    if (provider !== null) await demandTokenPlace(tx, provider, smtp);
    if (provider !== null && token?.oauth !== provider) return { tokenOf: user, oauth: provider };
    const place = { user, account };
    const secret =
      provider === null
        ? await openSecret(server, tx, { ...place, kind: 'smtp' }, why)
        : await handOn(server, tx, place, token, why);
    return { smtp, secret };
  };
  return await useOpened(server, account, open);
}

/** Opens a secret; where that is a token of another provider than the given one it says so, and whose. */
type Opening<T extends object> = (tx: Writer, token: Token | null) => Promise<T | TokenWish>;
interface Token {
  secret: string;
  oauth: string | null;
}
interface TokenWish {
  tokenOf: string;
  oauth: string;
}

/**
 * A token is fetched outside of a transaction, since its provider may have to be asked; then all is looked at again,
 * so that no token of one provider goes where the account has just been moved to.
 */
async function useOpened<T extends object>(
  server: ProfileContext,
  account: string,
  open: Opening<T>,
): Promise<T> {
  let token: Token | null = null;
  for (let round = 0; round < 3; round++) {
    const opened: T | TokenWish = await server.pollWrites.write(async (tx) => await open(tx, token));
    if (!('tokenOf' in opened)) return opened;
    const { tokenOf: user, oauth } = opened;
    const secret = await fetchAccessToken(server, { user, holder: account, provider: oauth });
    token = { secret, oauth };
  }
  throw new MailError('unavailable', 'the account changes too fast', { reason: 'oauth-unavailable' });
}

/** A token that was fetched for this very use. */
async function handOn(
  server: ProfileContext,
  tx: Writer,
  place: { user: string; account: string },
  token: Token | null,
  why: UseReason,
): Promise<string | null> {
  if (token !== null) await recordUse(server, tx, { ...place, ...why });
  return token?.secret ?? null;
}
