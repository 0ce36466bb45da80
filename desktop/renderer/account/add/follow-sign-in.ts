import type { OAuthBegin, OAuthFlow } from '../../../../common/shapes/oauth.ts';
import { ALONE, profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';

/** Milliseconds until a call is repeated that found no connection. */
const PAUSE = 2000;

export async function beginSignIn(sign: {
  provider: string;
  flow: OAuthFlow | null;
  /** The account whose sign-in is renewed; null for a new one. */
  account: string | null;
  email: string;
}): Promise<OAuthBegin> {
  return await profileServer().oauth.begin.mutate(sign);
}

/** Waits for the person at the provider's page. Null when it is done; what went wrong otherwise. */
export async function waitForSignIn(begun: OAuthBegin, signal: AbortSignal): Promise<Problem | null> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const { state, error } = await profileServer().oauth.wait.query({ id: begun.id }, { signal, ...ALONE });
      if (state === 'done') return null;
      if (state === 'failed') return error ?? toProblem(new Error('the provider refused'));
    } catch (error) {
      signal.throwIfAborted();
      const problem = toProblem(error);
      if (problem.code !== 'offline' && problem.code !== 'unavailable') return problem;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
