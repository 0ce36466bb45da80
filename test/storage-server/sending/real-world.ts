import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import { silentLogger } from '../../../server-kit/log.ts';
import type { SmtpRelay } from '../../../smtp-relay/server.ts';
import type { StorageRouter } from '../../../storage-server/router.ts';
import { type StorageServer, startStorageServer } from '../../../storage-server/server.ts';
import { type RelayWorld, makeUserClient, startRelayWorld } from '../../harness/relay.ts';
import { expectSession } from '../../harness/expect-session.ts';

/** A profile-server, a relay and the home of `alice`, as real servers in this process. */
export interface RealWorld {
  world: RelayWorld;
  relay: SmtpRelay;
  home: StorageServer;
  /** The home's API as alice. */
  alice: ReturnType<typeof makeHomeClient>;
  /** Bearer header for the home's plain HTTP. */
  authorization: string;
  dataDir: string;
  restartHome(): Promise<void>;
  stop(): Promise<void>;
}

const makeHomeClient = (url: string, authorization: string) =>
  createTRPCClient<StorageRouter>({
    links: [httpLink({ url: new URL('/trpc', url).href, headers: { authorization } })],
  });

/** `settings`: as in the environment without VALIJA_. */
export async function startRealWorld(settings: Record<string, string>): Promise<RealWorld> {
  const world = await startRelayWorld(settings);
  const relay = await world.startRelay();
  const dataDir = join(world.dataDir, 'storage-server');
  const start = async (): Promise<StorageServer> =>
    await startStorageServer({
      settings: world.settings,
      dataDir,
      port: Number(new URL(world.settings.storageUrl).port),
      clock: world.clock,
      random: (size) => randomBytes(size),
      log: silentLogger,
      profileUrl: world.profile.url,
      enrolCode: null,
    });
  const home = await start();
  const { tokens } = await expectSession(
    makeUserClient(world.profile.url, null).session.signIn.mutate({
      name: 'alice',
      password: 'a long enough password 1',
    }),
  );
  const authorization = `Bearer ${tokens.storage}`;
  const real: RealWorld = {
    world,
    relay,
    home,
    alice: makeHomeClient(home.url, authorization),
    authorization,
    dataDir,
    restartHome: async () => {
      await real.home.stop();
      real.home = await start();
    },
    stop: async () => {
      await real.home.stop();
      await real.relay.stop();
      await world.stop();
    },
  };
  return real;
}
