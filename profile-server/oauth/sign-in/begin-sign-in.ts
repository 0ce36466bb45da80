import { createHash } from 'node:crypto';
import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import type { OAuthBegin } from '../../../common/shapes/oauth.ts';
import { MINUTE, SECOND, formatTime } from '../../../common/time.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { demandAccount } from '../../account/account-store.ts';
import type { ProfileContext } from '../../context.ts';
import { makeSecretToken } from '../../secret-token.ts';
import { ASK_LIMIT } from '../ask-provider.ts';
import { hashState, sealBegin, type BeginSecrets } from './begin-secrets.ts';
import { addBegin, countBegins, type BeginRecord } from './begin-store.ts';
import { explainExchange, startDevice, type DeviceStart } from '../exchange.ts';
import type { BeginInput } from '../oauth-shapes.ts';
import { checkSameProvider, isSafeUrl } from '../provider/provider-rule.ts';
import { demandProvider, type SignInProvider } from '../provider/providers.ts';

/** For a sign-in to be finished, and then for an account to be made with it. */
export const BEGIN_LIFE = 15 * MINUTE;
const LONGEST_DEVICE = 30 * MINUTE;
/** More of one user's at a time is no person. */
const MOST_BEGINS = 20;
/** Seconds between questions, whatever the provider says. */
const INTERVAL = { min: 1, max: 60 };

/**
 * Begins a sign-in at a provider: by its page (RFC 6749 with PKCE) or on any device (RFC 8628). `browser` is what
 * `bindBrowser` gave. MailError `not-found`, `not-yet` without a client, `invalid` for a flow or account that does not
 * fit, `unavailable`, `too-many-tries`.
 */
export async function beginSignIn(
  server: ProfileContext,
  caller: { user: string; session: string },
  input: BeginInput,
  browser: string | null,
): Promise<OAuthBegin> {
  const { read } = server.db;
  const provider = await demandProvider(server, read, input.provider);
  const flow = input.flow ?? provider.flows[0] ?? 'code';
  if (!provider.flows.includes(flow)) {
    throw new MailError('invalid', `${provider.id} has no flow ${flow}`, {
      reason: 'oauth-flow',
      field: 'flow',
      params: { provider: provider.name, flow },
    });
  }
  const email = input.email ?? (await readEmail(read, caller.user, input.account, provider));
  const begin = {
    id: makeId('oauth', server.random),
    user: caller.user,
    session: caller.session,
    provider: provider.id,
    flow,
    account: input.account,
    email,
    state: 'pending' as const,
    error: null,
  };
  // One after the other: of many at the same moment each would see none of the others.
  return await server.signInLock.run(`oauth ${caller.user}`, async () => {
    if ((await countBegins(read, caller.user)) >= MOST_BEGINS) {
      throw new MailError('too-many-tries', 'too many sign-ins at once', { retryAfter: 60 });
    }
    return flow === 'code'
      ? await beginByPage(server, provider, begin, browser)
      : await beginByDevice(server, provider, begin);
  });
}

export function nameRedirect(server: ProfileContext): string {
  return new URL('/oauth/callback', server.settings.publicUrl).href;
}

type NewBegin = Omit<BeginRecord, 'state_hash' | 'sealed' | 'interval_seconds' | 'next_ask' | 'expires_at'>;

async function beginByPage(
  server: ProfileContext,
  provider: SignInProvider,
  begin: NewBegin,
  browser: string | null,
): Promise<OAuthBegin> {
  const state = makeSecretToken(server.random);
  const verifier = makeSecretToken(server.random);
  const expiresAt = server.clock.now() + BEGIN_LIFE;
  await keepBegin(server, begin, { state, verifier, browser }, { expiresAt, interval: 0, nextAsk: null });
  const url = new URL(provider.authorizeUrl);
  const params = {
    ...provider.extra,
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: nameRedirect(server),
    scope: provider.scopes.join(' '),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(begin.email === null ? {} : { login_hint: begin.email }),
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  const shown = { url: url.href, userCode: null, verificationUrl: null };
  return { id: begin.id, flow: 'code', ...shown, expiresAt: formatTime(expiresAt) };
}

async function beginByDevice(
  server: ProfileContext,
  provider: SignInProvider,
  begin: NewBegin,
): Promise<OAuthBegin> {
  let started: DeviceStart;
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(ASK_LIMIT), server.stopping]);
    started = await startDevice({ guard: server.egress, provider, signal });
  } catch (error) {
    throw explainExchange(error, 'begin', provider.name);
  }
  const { deviceCode, userCode, verificationUrl, completeUrl } = started;
  // The client opens it: an answer must not make it open anything else than a page.
  if (!isSafeUrl(verificationUrl)) {
    throw new MailError('unavailable', 'no safe page to sign in', {
      reason: 'oauth-client',
      params: { provider: provider.name },
    });
  }
  const interval = Math.min(Math.max(started.interval, INTERVAL.min), INTERVAL.max);
  const now = server.clock.now();
  const expiresAt = now + Math.min(started.expiresIn * SECOND, LONGEST_DEVICE);
  await keepBegin(server, begin, { deviceCode }, { expiresAt, interval, nextAsk: now + interval * SECOND });
  server.hints.give('device');
  const url = completeUrl !== null && isSafeUrl(completeUrl) ? completeUrl : null;
  return { id: begin.id, flow: 'device', url, userCode, verificationUrl, expiresAt: formatTime(expiresAt) };
}

async function keepBegin(
  server: ProfileContext,
  begin: NewBegin,
  secrets: BeginSecrets,
  times: { expiresAt: number; interval: number; nextAsk: number | null },
): Promise<void> {
  await server.db.write(async (tx) => {
    await addBegin(tx, {
      ...begin,
      state_hash: secrets.state === undefined ? null : hashState(secrets.state),
      sealed: sealBegin(server, begin, secrets),
      interval_seconds: times.interval,
      next_ask: times.nextAsk,
      expires_at: times.expiresAt,
    });
  });
}

/** The address of the account that is signed in again. It must be one that signs in at this provider. */
async function readEmail(
  reader: Reader,
  user: string,
  account: string | null,
  provider: SignInProvider,
): Promise<string | null> {
  if (account === null) return null;
  const { settings, oauth } = await demandAccount(reader, user, account);
  checkSameProvider(oauth, provider);
  return settings.email;
}
