import { createTRPCClient, httpLink } from '@trpc/client';
import type { JWK } from 'jose';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { PartKey } from '../../server-kit/auth/part-key.ts';
import type { TrustSource } from '../../server-kit/auth/trust.ts';
import { readCallError } from '../../server-kit/service-client.ts';
import type { ProfileClient } from './profile-client.ts';

/** Longer than any answer of the profile-server that does not wait on purpose. */
export const CALL_LIMIT = 15 * SECOND;

/** The answer of a call, or the MailError behind its failure. */
export async function translate<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw readCallError(error);
  }
}

/** What the profile-server publishes for those who have to believe tokens. */
export function makeTrustSource(url: string, profile: ProfileClient): TrustSource {
  const limit = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(CALL_LIMIT) });
  return {
    jwks: async () => await readKeys(url),
    parts: async () => {
      const { parts } = await translate(profile.part.list.query(undefined, limit()));
      return parts.filter((part) => part.state === 'active');
    },
    revoked: async (since, wait, signal) =>
      await translate(profile.session.revoked.query({ since, wait }, { signal })),
  };
}

async function readKeys(base: string): Promise<{ keys: JWK[] }> {
  const response = await fetch(new URL('/.well-known/jwks.json', base), {
    signal: AbortSignal.timeout(CALL_LIMIT),
  });
  if (!response.ok) throw new MailError('unavailable', `no keys: HTTP ${response.status}`);
  return (await response.json()) as { keys: JWK[] };
}

/** This part's id: the one it has, or a new one for an administrator's code (DESIGN 9). */
export async function demandPartId(key: PartKey, url: string, enrolCode: string | null): Promise<string> {
  if (key.partId !== null) return key.partId;
  if (enrolCode === null) {
    throw new MailError('usage', 'this part is not enrolled: start it with --enrol CODE', {
      reason: 'part-not-enrolled',
    });
  }
  const { href, origin } = new URL('/trpc', url);
  // The one call without a token; the Origin shows that no foreign page makes it.
  const client = createTRPCClient<ProfileRouter>({ links: [httpLink({ url: href, headers: { origin } })] });
  const publicJwk = key.publicJwk as never;
  const { part } = await translate(
    client.part.enrol.mutate(
      { code: enrolCode, kind: 'storage-server', publicJwk },
      { signal: AbortSignal.timeout(CALL_LIMIT) },
    ),
  );
  await key.setPartId(part);
  return part;
}

const FIRST_PAUSE = 200;

/** Parts are started together: until `patience` ms have gone, a profile-server that does not answer yet is waited for. */
export async function waitForProfile<T>(patience: number, call: () => Promise<T>): Promise<T> {
  const end = Date.now() + patience;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, 2 * SECOND)) {
    try {
      return await call();
    } catch (error) {
      const mail = readCallError(error);
      if (mail.code !== 'unavailable' || Date.now() + pause > end) throw mail;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
