import { MailError } from '../../../common/errors.ts';
import type { ProfileContext } from '../../context.ts';
import { explainLate } from '../answer-rule.ts';
import { ASK_LIMIT } from '../ask-provider.ts';
import { hashState, openBegin } from './begin-secrets.ts';
import { nameRedirect } from './begin-sign-in.ts';
import { claimAnswer, findBeginByState, type BeginRecord } from './begin-store.ts';
import { exchangeCode, explainSignIn } from '../exchange.ts';
import { failSignIn, finishSignIn } from './finish-sign-in.ts';
import { demandProvider, listKnown } from '../provider/providers.ts';

/** How the page at which the provider's answer arrived ends; `user` is null when the answer belongs to nobody here. */
export interface CallbackEnd {
  user: string | null;
  /** Name of the provider. */
  provider: string | null;
  error: MailError | null;
}

/** Whose pending sign-in an answer belongs to; `browser` is the one in which it began. Null when nobody waits for it. */
export async function findAsker(
  server: ProfileContext,
  state: string | null,
): Promise<{ user: string; provider: string; browser: string | null } | null> {
  if (state === null || state.length > 200) return null;
  const begin = await findBeginByState(server.db.read, hashState(state));
  if (begin?.state !== 'pending') return null;
  const { browser = null } = openBegin(server, begin);
  const known = (await listKnown(server.db.read)).find(({ id }) => id === begin.provider);
  return { user: begin.user, provider: known?.facts.name ?? begin.provider, browser };
}

/** Takes the answer that the browser brings, once. Never throws for what the provider or the browser did. */
export async function answerCallback(server: ProfileContext, params: URLSearchParams): Promise<CallbackEnd> {
  const begin = await claimBegin(server, params.get('state') ?? '');
  if (begin === null) {
    const error = new MailError('sign-in-failed', 'no such sign-in', { reason: 'oauth-unknown' });
    return { user: null, provider: null, error };
  }
  let name = begin.provider;
  try {
    const provider = await demandProvider(server, server.db.read, begin.provider);
    name = provider.name;
    if (begin.expires_at <= server.clock.now()) throw explainLate(name);
    const { state = '', verifier = '' } = openBegin(server, begin);
    const signal = AbortSignal.timeout(ASK_LIMIT);
    const asking = { guard: server.egress, provider, signal };
    const redirectUri = nameRedirect(server);
    const issued = await exchangeCode(asking, { params, state, verifier, redirectUri });
    await finishSignIn(server, begin, provider, issued);
    return { user: begin.user, provider: name, error: null };
  } catch (error) {
    const known = explainSignIn(error, name);
    if (known.code === 'internal') server.log.error('oauth.callback-failed', { error });
    else server.log.info('oauth.sign-in-failed', { provider: begin.provider, reason: known.reason });
    await failSignIn(server, begin, known);
    return { user: begin.user, provider: name, error: known };
  }
}

async function claimBegin(server: ProfileContext, state: string): Promise<BeginRecord | null> {
  if (state === '' || state.length > 200) return null;
  return await server.db.write(async (tx) => {
    const begin = await findBeginByState(tx, hashState(state));
    return begin !== undefined && (await claimAnswer(tx, begin.id)) ? begin : null;
  });
}
