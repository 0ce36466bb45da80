import { type TRPCClient, createTRPCClient } from '@trpc/client';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { PartKey } from '../../server-kit/auth/part-key.ts';
import { CALL_LIMIT, makeEnrolLinks, makeServiceLinks, readAnswer } from '../../server-kit/service-client.ts';

/** The profile-server as this part calls it. Errors: see readCallError of server-kit/service-client.ts. */
export type ProfileClient = TRPCClient<ProfileRouter>;

export function makeProfileClient(url: string, key: PartKey): ProfileClient {
  return createTRPCClient<ProfileRouter>({
    links: makeServiceLinks<ProfileRouter>({ url, audience: 'profile', key }),
  });
}

/** Makes this part known to the profile-server at `url` and brings its id; MailError when the code is not good. */
export async function enrolStorage(
  url: string,
  code: string,
  publicJwk: PartKey['publicJwk'],
): Promise<{ part: string }> {
  const client = createTRPCClient<ProfileRouter>({ links: makeEnrolLinks<ProfileRouter>(url) });
  return await readAnswer(
    client.part.enrol.mutate(
      { code, kind: 'storage-server', publicJwk: publicJwk as never },
      { signal: AbortSignal.timeout(CALL_LIMIT) },
    ),
  );
}
