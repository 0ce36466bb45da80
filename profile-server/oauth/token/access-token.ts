import { setTimeout as sleep } from 'node:timers/promises';
import { describeProblem } from '../../../common/error-texts/problem.ts';
import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import { MINUTE, SECOND } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { openSecret } from '../../vault/keep-secret.ts';
import { OWN_PART } from '../../vault/record-use.ts';
import { ASK_LIMIT } from '../ask-provider.ts';
import { explainExchange, refreshTokens, type IssuedTokens } from '../exchange.ts';
import { keepTokens } from './keep-tokens.ts';
import { stopAccount } from './mark-account.ts';
import { demandProvider, type SignInProvider } from '../provider/providers.ts';
import { decideRetry, judgeToken } from './token-rule.ts';
import { claimRefresh, findToken, lockToken, settleRefresh, type TokenRecord } from './token-store.ts';

/** Longer than the exchange can take: who holds the claim longer is dead. */
const CLAIM_LENGTH = 2 * MINUTE;
/** Other parts wait 15 s for an answer. */
const LONGEST_WAIT = 12 * SECOND;
/** Another profile-server cannot hint us. */
const LOOK_AGAIN = 250;
const KEEP_TRIES = 6;

type Step =
  | { kind: 'use'; token: string }
  | { kind: 'refresh'; token: TokenRecord; refreshToken: string; provider: SignInProvider }
  | { kind: 'wait' };

/**
 * An access token of `provider` that is good for some minutes, of an account or of a finished sign-in; refreshed once, whoever
 * asks and in however many processes. MailError `needs-sign-in` (`oauth-expired`) when the permission is over,
 * `unavailable` while the provider cannot answer.
 */
export async function fetchAccessToken(
  server: ProfileContext,
  place: { user: string; holder: string; provider: string },
): Promise<string> {
  const end = Date.now() + LONGEST_WAIT;
  const listener = server.hints.listen(`oauth:${place.holder}`);
  try {
    for (;;) {
      // What is begun now could not be waited for.
      if (server.stopping.aborted) throw unavailable(1);
      const step = await server.db.write(async (tx) => await chooseStep(server, tx, place));
      if (step.kind === 'use') return step.token;
      if (step.kind === 'refresh') return await refreshToTheEnd(server, place, step);
      const left = end - Date.now();
      if (left <= 0) throw unavailable(1);
      await listener.next(Math.min(left, LOOK_AGAIN), server.stopping);
    }
  } finally {
    listener.close();
  }
}

async function chooseStep(
  server: ProfileContext,
  tx: Writer,
  { user, holder, provider: wanted }: { user: string; holder: string; provider: string },
): Promise<Step> {
  const token = await findToken(tx, holder);
  // Where a token may go was judged by its provider.
  if (token?.user !== user || token.provider !== wanted) throw expired();
  const now = server.clock.now();
  const step = judgeToken(token, now);
  const open = async (kind: 'oauth' | 'oauth-access'): Promise<string> => {
    // Whoever gets the access token is recorded where it is handed on.
    const why =
      kind === 'oauth' ? { part: OWN_PART, purpose: 'refresh' as const, reference: null } : 'within';
    const secret = await openSecret(server, tx, { user, account: holder, kind }, why);
    if (secret === null) throw expired();
    return secret;
  };
  if (step === 'sign-in') throw expired();
  if (step === 'later') throw unavailable(Math.ceil((token.retry_at - now) / SECOND));
  if (step === 'use') return { kind: 'use', token: await open('oauth-access') };
  if (step === 'wait') return { kind: 'wait' };
  const provider = await demandProvider(server, tx, token.provider).catch((error: unknown) => {
    throw error instanceof MailError ? withoutClient(token.provider, error) : error;
  });
  // An admin may name another place, but does not get there what users allowed this one.
  if (!['', new URL(provider.tokenUrl).host].includes(token.token_host)) throw expired();
  const refreshToken = await open('oauth');
  const claim = { refresher: makeId('ref', server.random), now, until: now + CLAIM_LENGTH };
  if (!(await claimRefresh(tx, token, claim))) return { kind: 'wait' };
  return { kind: 'refresh', token, refreshToken, provider };
}

/** Goes on although the asker has gone or the server stops: a rotated token that is not kept would be lost. */
async function refreshToTheEnd(
  server: ProfileContext,
  place: { user: string; holder: string },
  step: Extract<Step, { kind: 'refresh' }>,
): Promise<string> {
  const work = refresh(server, place, step);
  server.openRefreshes.add(work);
  try {
    return await work;
  } finally {
    server.openRefreshes.delete(work);
    server.hints.give(`oauth:${place.holder}`);
  }
}

async function refresh(
  server: ProfileContext,
  place: { user: string; holder: string },
  { token, refreshToken, provider }: Extract<Step, { kind: 'refresh' }>,
): Promise<string> {
  let issued: IssuedTokens;
  try {
    const signal = AbortSignal.timeout(ASK_LIMIT);
    issued = await refreshTokens({ guard: server.egress, provider, signal }, refreshToken);
  } catch (error) {
    const known = explainExchange(error, 'refresh', provider.name);
    server.metrics.count('oauth_refreshes', known.code === 'needs-sign-in' ? 'refused' : 'failed');
    if (known.code === 'internal') server.log.error('oauth.refresh-failed', { error });
    else server.log.info('oauth.refresh-refused', { provider: provider.id, reason: known.reason });
    await settleFailure(server, token, known);
    throw known;
  }
  server.metrics.count('oauth_refreshes', 'ok');
  return await keepPatiently(server, async (tx) => {
    const now = await lockToken(tx, place.holder);
    // The account is gone, or the user has signed in again meanwhile: those tokens are the better ones.
    if (now === undefined || now.generation !== token.generation) return issued.accessToken;
    await keepTokens(server, tx, place, {
      provider,
      accessToken: issued.accessToken,
      refreshToken: issued.refreshToken ?? refreshToken,
      expiresIn: issued.expiresIn,
    });
    return issued.accessToken;
  });
}

async function settleFailure(server: ProfileContext, token: TokenRecord, error: MailError): Promise<void> {
  const refused = error.code === 'needs-sign-in';
  const told = await server.db.write(async (tx) => {
    const now = server.clock.now();
    const retryAt = decideRetry(now, token.fails, error.retryAfter);
    const settled = await settleRefresh(tx, token, { refused, retryAt });
    return settled && refused
      ? await stopAccount(server, tx, token, JSON.stringify(describeProblem(error)))
      : null;
  });
  told?.();
}

/** The provider may have ended the old refresh token with this answer: the new one must not get lost. */
async function keepPatiently<T>(server: ProfileContext, work: (tx: Writer) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await server.db.write(work);
    } catch (error) {
      if (attempt === KEEP_TRIES) throw error;
      server.log.error('oauth.keep-failed', { attempt, error });
      await sleep(50 * 2 ** attempt);
    }
  }
}

function expired(): MailError {
  return new MailError('needs-sign-in', 'the permission has ended', { reason: 'oauth-expired' });
}

function unavailable(retryAfter: number): MailError {
  return new MailError('unavailable', 'no access token yet', { reason: 'oauth-unavailable', retryAfter });
}

function withoutClient(provider: string, cause: MailError): MailError {
  return new MailError('unavailable', `no client for ${provider}`, {
    reason: 'oauth-client',
    params: { provider },
    cause,
  });
}
