import { type TRPCClient, createTRPCClient } from '@trpc/client';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { PartKey } from '../../server-kit/auth/part-key.ts';
import { makeServiceLinks } from '../../server-kit/service-client.ts';

/** The profile-server as this part calls it. Errors: see readCallError of server-kit/service-client.ts. */
export type ProfileClient = TRPCClient<ProfileRouter>;

export function makeProfileClient(url: string, key: PartKey): ProfileClient {
  return createTRPCClient<ProfileRouter>({
    links: makeServiceLinks<ProfileRouter>({ url, audience: 'profile', key }),
  });
}
