import { createTRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { ProfileRouter } from '../profile-server/router.ts';
import type { PartKey } from '../server-kit/auth/part-key.ts';
import type { TrustSource } from '../server-kit/auth/trust.ts';
import { makeTrustSource } from '../server-kit/auth/trust-source.ts';
import type { PartFacts } from '../common/shapes/facts.ts';
import { CALL_LIMIT, makeEnrolLinks, makeServiceLinks, readAnswer } from '../server-kit/service-client.ts';
import type { DkimKey } from './dkim/keys.ts';

type Answers = inferRouterOutputs<ProfileRouter>;
export type SenderAuthorisation = Answers['sender']['authorise'];
export type CheckedAppPassword = Answers['appPassword']['check'];
export type Notice = Answers['notice']['claim']['notices'][number];
export type SubmitCredential = Answers['credential']['submit'];

/** The profile-server as the relay uses it. Every failure is a MailError; `unavailable` when it does not answer. */
export interface ProfileLink {
  /** Whether `user` may send as `from`, and by which way. */
  authoriseSender(user: string, from: string): Promise<SenderAuthorisation>;
  /** Whose app password it is. MailError `sign-in-failed`, or `too-many-tries` with `retryAfter`. */
  checkAppPassword(given: {
    login: string;
    password: string;
    /** Of the program that signs in. */
    address: string;
  }): Promise<CheckedAppPassword>;
  /** The smarthost's settings and secret, for one queued mail, at the moment of use. */
  fetchCredential(queueId: string, user: string, account: string): Promise<SubmitCredential>;
  /** The smarthost refused the token that `fetchCredential` gave. */
  reportRefused(queueId: string, user: string, account: string): Promise<void>;
  /** Those of the users whose accounts are open now, as soon as one is, none after 25 s: see `credential.opened`. */
  awaitOpened(users: readonly string[], signal: AbortSignal): Promise<string[]>;
  /** What changes with an account's settings or what it signs in with, in the order of `of`, at most 200. */
  readStandings(of: readonly { user: string; account: string }[]): Promise<string[]>;
  /** Mails of the profile-server itself, as soon as there are some; `done`: those that are durable here now. */
  claimNotices(done: readonly string[], signal: AbortSignal): Promise<Notice[]>;
  /** The keys that sign mail of own domains. */
  fetchDkimKeys(): Promise<DkimKey[]>;
  /** What this relay says of itself to administrators. */
  reportFacts(facts: PartFacts): Promise<void>;
  announce(url: string, submission: { host: string; port: number; tls: boolean }): Promise<void>;
  enrol(code: string, publicJwk: PartKey['publicJwk']): Promise<{ part: string }>;
  trustSource: TrustSource;
}

export function makeProfileLink(options: { url: string; key: PartKey }): ProfileLink {
  const client = createTRPCClient<ProfileRouter>({
    links: makeServiceLinks<ProfileRouter>({ url: options.url, audience: 'profile', key: options.key }),
  });
  const enrolClient = createTRPCClient<ProfileRouter>({ links: makeEnrolLinks<ProfileRouter>(options.url) });
  const limit = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(CALL_LIMIT) });
  return {
    authoriseSender: async (user, from) =>
      await readAnswer(client.sender.authorise.query({ user, from }, limit())),
    checkAppPassword: async (given) => await readAnswer(client.appPassword.check.mutate(given, limit())),
    fetchCredential: async (queueId, user, account) =>
      await readAnswer(client.credential.submit.mutate({ queueId, user, account }, limit())),
    reportRefused: async (queueId, user, account) => {
      await readAnswer(client.credential.refused.mutate({ queueId, user, account }, limit()));
    },
    awaitOpened: async (users, signal) => {
      const either = AbortSignal.any([signal, AbortSignal.timeout(2 * CALL_LIMIT)]);
      const asked = client.credential.opened.query({ users: [...users], wait: true }, { signal: either });
      return (await readAnswer(asked)).users;
    },
    readStandings: async (of) =>
      (await readAnswer(client.credential.standings.query({ accounts: [...of] }, limit()))).standings,
    claimNotices: async (done, signal) => {
      // The server answers within 25 s.
      const either = AbortSignal.any([signal, AbortSignal.timeout(2 * CALL_LIMIT)]);
      const claimed = client.notice.claim.mutate({ done: [...done], wait: true }, { signal: either });
      return (await readAnswer(claimed)).notices;
    },
    fetchDkimKeys: async () => (await readAnswer(client.dkim.keys.query(undefined, limit()))).keys,
    reportFacts: async (facts) => {
      await readAnswer(client.part.report.mutate({ facts }, limit()));
    },
    announce: async (url, submission) => {
      await readAnswer(client.part.announce.mutate({ url, submission }, limit()));
    },
    enrol: async (code, publicJwk) =>
      await readAnswer(
        enrolClient.part.enrol.mutate({ code, kind: 'smtp-relay', publicJwk: publicJwk as never }, limit()),
      ),
    trustSource: makeTrustSource(options.url, client),
  };
}
