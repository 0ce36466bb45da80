import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import { type WireError, fromWireError, type MailError } from '../../common/errors.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import { type ProfileServer, startProfileServer } from '../../profile-server/server.ts';
import { type PartKey, loadPartKey } from '../../server-kit/auth/part-key.ts';
import type { PartKind } from '../../server-kit/auth/caller.ts';
import type { DatabaseSetting } from '../../server-kit/database/database.ts';
import { makeServiceLinks } from '../../server-kit/service-client.ts';
import { type Logger, silentLogger } from '../../server-kit/log.ts';
import { type Settings, readSettings } from '../../server-kit/settings.ts';
import { makeMovableClock, type MovableClock } from '../harness/movable-clock.ts';
import { findFreePort } from '../harness/ports.ts';
import { makeTempDir } from '../harness/tempdir.ts';

export interface RunningServer {
  server: ProfileServer;
  clock: MovableClock;
  dataDir: string;
  url: string;
  /** A client of nobody (with the web client's origin), of a user's access token, or of a part. */
  client(token?: string | (() => Promise<string>)): ProfileClient;
  /** Enrols a part with a key of its own. */
  enrol(kind: PartKind): Promise<EnrolledPart>;
  /** A storage-server that has said where it is: users have a home. */
  enrolHome(): Promise<EnrolledPart>;
  /** Stops and starts on the same data. */
  restart(): Promise<void>;
  /** After a restart that failed. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface EnrolledPart {
  id: string;
  key: PartKey;
  client: ProfileClient;
  /** The same part as client of another server on the same database. */
  at(other: RunningServer): ProfileClient;
}

export type ProfileClient = ReturnType<typeof createTRPCClient<ProfileRouter>>;

export interface StartOptions {
  database?: DatabaseSetting;
  webRoot?: string | null;
  settings?: Partial<Settings>;
  log?: Logger;
}

/** The real server on a free loopback port with a data directory of its own. The suite stops it. */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const dir = makeTempDir('profile-server');
  const dataDir = join(dir.path, 'profile-server');
  const port = await findFreePort();
  const clock = makeMovableClock();
  const url = `http://localhost:${port}`;
  const settings: Settings = {
    ...readSettings(() => undefined, { profile: port, storage: 1, submission: 2, relay: 3 }),
    database: options.database ?? { engine: 'sqlite' },
    ...options.settings,
  };
  const start = async (): Promise<ProfileServer> =>
    await startProfileServer({
      settings,
      dataDir,
      port,
      clock,
      random: randomBytes,
      log: options.log ?? silentLogger,
      webRoot: options.webRoot ?? null,
    });
  const running: RunningServer = {
    server: await start(),
    clock,
    dataDir,
    url,
    client: (token) => {
      const headers = async (): Promise<Record<string, string>> => {
        if (token === undefined) return { origin: settings.publicUrl };
        return { authorization: `Bearer ${typeof token === 'string' ? token : await token()}` };
      };
      return createTRPCClient<ProfileRouter>({
        links: [httpLink({ url: `${url}/trpc`, headers })],
      });
    },
    enrol: async (kind) => {
      const key = await loadPartKey(join(dir.path, randomBytes(6).toString('hex')), clock);
      const code = await running.server.makeEnrolCode(kind);
      const publicJwk = key.publicJwk as { kty: 'OKP'; crv: 'Ed25519'; x: string };
      const { part } = await running.client().part.enrol.mutate({ code, kind, publicJwk });
      await key.setPartId(part);
      const at = (url: string): ProfileClient =>
        createTRPCClient<ProfileRouter>({ links: makeServiceLinks({ url, audience: 'profile', key }) });
      return { id: part, key, client: at(url), at: (other) => at(other.url) };
    },
    enrolHome: async () => {
      const home = await running.enrol('storage-server');
      await home.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
      return home;
    },
    restart: async () => {
      await running.server.stop();
      await running.start();
    },
    start: async () => {
      running.server = await start();
    },
    stop: async () => {
      await running.server.stop();
      dir.remove();
    },
  };
  return running;
}

/** The MailError that a call ends with; fails when it succeeds. */
export async function refusal(call: Promise<unknown>): Promise<MailError> {
  try {
    await call;
  } catch (error) {
    const data = (error as { data?: { valija?: WireError } }).data;
    const mailError = fromWireError(data?.valija);
    if (mailError !== null) return mailError;
    throw error;
  }
  throw new Error('the call should have been refused');
}
