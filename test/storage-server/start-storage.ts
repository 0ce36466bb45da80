import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { DraftContent } from '../../common/shapes/draft.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { readSettings, type Settings } from '../../server-kit/settings.ts';
import type { StorageRouter } from '../../storage-server/router.ts';
import { type StorageServer, startStorageServer } from '../../storage-server/server.ts';
import { findFreePort } from '../harness/ports.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { type TestUser, registerUser } from '../profile-server/sample.ts';
import { type RunningServer, startServer } from '../profile-server/start-server.ts';

export type StorageClient = ReturnType<typeof createTRPCClient<StorageRouter>>;

/** A user with the token that this storage-server believes. */
export interface StorageUser extends TestUser {
  token: string;
  storage: StorageClient;
}

export interface RunningStorage {
  profile: RunningServer;
  storage: StorageServer;
  url: string;
  /** The storage-server's own. */
  dataDir: string;
  register(name: string): Promise<StorageUser>;
  /** GET with the user's token, or with none. */
  fetch(path: string, token: string | null, headers?: Record<string, string>): Promise<Response>;
  /** Stops the storage-server and starts it on the same data, without a code. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real profile-server and a real storage-server, enrolled with it. `allowNetworks`: that accounts may be on. */
export async function startStorage(
  allowNetworks: string[] = [],
  more: Partial<Settings> = {},
): Promise<RunningStorage> {
  const profile = await startServer({ settings: { allowNetworks } });
  const directory = makeTempDir('storage-server');
  const dataDir = join(directory.path, 'storage-server');
  const port = await findFreePort();
  const ports = { profile: Number(new URL(profile.url).port), storage: port, submission: 2, relay: 3 };
  const settings = { ...readSettings(() => undefined, ports), allowNetworks, ...more };
  const start = async (enrolCode: string | null): Promise<StorageServer> =>
    await startStorageServer({
      settings,
      dataDir,
      port,
      clock: profile.clock,
      random: randomBytes,
      log: silentLogger,
      profileUrl: profile.url,
      enrolCode,
    });
  const running: RunningStorage = {
    profile,
    storage: await start(await profile.server.makeEnrolCode('storage-server')),
    url: settings.storageUrl,
    dataDir,
    register: async (name) => {
      const user = await registerUser(profile, name);
      const token = user.signedIn.tokens.storage ?? '';
      return { ...user, token, storage: makeClient(settings.storageUrl, token) };
    },
    fetch: async (path, token, headers = {}) =>
      await fetch(new URL(path, settings.storageUrl), {
        headers: { ...headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      }),
    restart: async () => {
      await running.storage.stop();
      running.storage = await start(null);
    },
    stop: async () => {
      await running.storage.stop();
      await profile.stop();
      directory.remove();
    },
  };
  return running;
}

function makeClient(base: string, token: string): StorageClient {
  const url = `${base}/trpc`;
  const authorization = `Bearer ${token}`;
  return createTRPCClient<StorageRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource: EventSource as never,
          eventSourceOptions: {
            fetch: async (at: string, init: RequestInit) =>
              await fetch(at, { ...init, headers: { ...(init.headers as object), authorization } }),
          } as never,
        }),
        false: httpLink({ url, headers: { authorization } }),
      }),
    ],
  });
}

export function draftOf(subject: string, more: Partial<DraftContent> = {}): DraftContent {
  return {
    identity: null,
    from: null,
    to: [{ name: null, address: 'someone@example.com' }],
    cc: [],
    bcc: [],
    subject,
    text: `Text of ${subject}.`,
    html: null,
    inReplyTo: null,
    forwardOf: null,
    ...more,
  };
}

/** A mail of the user's, made as a draft and moved into the Inbox; its id. */
export async function makeMail(
  user: StorageUser,
  subject: string,
  more?: Partial<DraftContent>,
): Promise<string> {
  const { id } = await user.storage.draft.save.mutate({
    id: null,
    base: null,
    draft: draftOf(subject, more),
  });
  await user.storage.mail.move.mutate({ ids: [id], to: 'inbox' });
  return id;
}
