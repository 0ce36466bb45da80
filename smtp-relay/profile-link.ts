import { createTRPCClient, httpLink } from '@trpc/client';
import type { JWK } from 'jose';
import { MailError } from '../common/errors.ts';
import type { inferRouterOutputs } from '@trpc/server';
import type { ProfileRouter } from '../profile-server/router.ts';
import type { PartKey } from '../server-kit/auth/part-key.ts';
import type { TrustSource } from '../server-kit/auth/trust.ts';
import { makeServiceLinks, readCallError } from '../server-kit/service-client.ts';

type Answers = inferRouterOutputs<ProfileRouter>;
export type SenderAuthorisation = Answers['sender']['authorise'];
export type SubmitCredential = Answers['credential']['submit'];

/** The profile-server as the relay uses it. Every failure is a MailError; `unavailable` when it does not answer. */
export interface ProfileLink {
  /** Whether `user` may send as `from`, and by which way. */
  authoriseSender(user: string, from: string): Promise<SenderAuthorisation>;
  /** The smarthost's settings and secret, for one queued mail, at the moment of use. */
  fetchCredential(queueId: string, user: string, account: string): Promise<SubmitCredential>;
  announce(url: string, submission: { host: string; port: number; tls: boolean }): Promise<void>;
  enrol(code: string, publicJwk: PartKey['publicJwk']): Promise<{ part: string }>;
  trustSource: TrustSource;
}

/** Longer than any answer of the profile-server that does not wait on purpose. */
const CALL_LIMIT_MS = 15_000;

export function makeProfileLink(options: { url: string; key: PartKey }): ProfileLink {
  const client = createTRPCClient<ProfileRouter>({
    links: makeServiceLinks<ProfileRouter>({ url: options.url, audience: 'profile', key: options.key }),
  });
  const limit = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(CALL_LIMIT_MS) });
  return {
    authoriseSender: async (user, from) =>
      await translate(client.sender.authorise.query({ user, from }, limit())),
    fetchCredential: async (queueId, user, account) =>
      await translate(client.credential.submit.mutate({ queueId, user, account }, limit())),
    announce: async (url, submission) => {
      await translate(client.part.announce.mutate({ url, submission }, limit()));
    },
    enrol: async (code, publicJwk) =>
      await translate(
        makeEnrolClient(options.url).part.enrol.mutate(
          { code, kind: 'smtp-relay', publicJwk: publicJwk as never },
          limit(),
        ),
      ),
    trustSource: {
      jwks: async () => await readJwks(options.url),
      parts: async () => {
        const { parts } = await translate(client.part.list.query(undefined, limit()));
        return parts.filter((part) => part.state === 'active');
      },
      revoked: async (since, wait, signal) =>
        await translate(client.session.revoked.query({ since, wait }, { signal })),
    },
  };
}

/** Enrolling is the one call without a token; the Origin shows that no foreign page makes it. */
function makeEnrolClient(base: string) {
  const { href, origin } = new URL('/trpc', base);
  return createTRPCClient<ProfileRouter>({ links: [httpLink({ url: href, headers: { origin } })] });
}

async function readJwks(base: string): Promise<{ keys: JWK[] }> {
  const response = await fetch(new URL('/.well-known/jwks.json', base), {
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
  });
  if (!response.ok) throw new MailError('unavailable', `no keys: HTTP ${response.status}`);
  return (await response.json()) as { keys: JWK[] };
}

async function translate<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw readCallError(error);
  }
}
