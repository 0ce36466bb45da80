import type { JWK } from 'jose';
import { MailError } from '../../common/errors.ts';
import { CALL_LIMIT, readAnswer } from '../service-client.ts';
import type { Revocation } from './revocation.ts';
import type { KnownPart } from './service-token.ts';
import type { TrustSource } from './trust.ts';

/** The two procedures of the profile router that trust asks, in the form of its tRPC client. */
interface ProfileCalls {
  part: {
    list: {
      query(
        input: undefined,
        options: { signal: AbortSignal },
      ): Promise<{ parts: (KnownPart & { id: string; state: 'active' | 'shut-out' })[] }>;
    };
  };
  session: {
    revoked: {
      query(
        input: { since: number; wait: boolean },
        options: { signal: AbortSignal },
      ): Promise<{ seq: number; revoked: Revocation[] }>;
    };
  };
}

/** What the profile-server at `url` publishes for those who have to believe tokens. */
export function makeTrustSource(url: string, profile: ProfileCalls): TrustSource {
  return {
    jwks: async () => await fetchKeys(url),
    parts: async () => {
      const signal = AbortSignal.timeout(CALL_LIMIT);
      const { parts } = await readAnswer(profile.part.list.query(undefined, { signal }));
      return parts.filter((part) => part.state === 'active');
    },
    revoked: async (since, wait, signal) =>
      await readAnswer(profile.session.revoked.query({ since, wait }, { signal })),
  };
}

async function fetchKeys(base: string): Promise<{ keys: JWK[] }> {
  const response = await fetch(new URL('/.well-known/jwks.json', base), {
    signal: AbortSignal.timeout(CALL_LIMIT),
  });
  if (!response.ok) throw new MailError('unavailable', `no keys: HTTP ${response.status}`);
  return (await response.json()) as { keys: JWK[] };
}
