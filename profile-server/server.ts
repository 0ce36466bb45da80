import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../common/time.ts';
import type { PartKind } from '../server-kit/auth/caller.ts';
import { VerifiedTokens } from '../server-kit/auth/verified-tokens.ts';
import type { Database } from '../server-kit/database/database.ts';
import { GroupWrites } from '../server-kit/database/group-writes.ts';
import { isHealthy } from '../server-kit/database/is-healthy.ts';
import { openDatabase } from '../server-kit/database/open.ts';
import { makeEgressGuard } from '../server-kit/egress/guard.ts';
import { parseNetworks } from '../server-kit/egress/networks.ts';
import { startHttpServer, type HttpServer } from '../server-kit/http/server.ts';
import { readTlsFiles } from '../server-kit/http/tls-files.ts';
import { KeyedLock } from '../server-kit/keyed-lock.ts';
import type { Logger } from '../server-kit/log.ts';
import type { Settings } from '../server-kit/settings.ts';
import { cleanUp } from './clean-up.ts';
import type { ProfileContext } from './context.ts';
import { PollHours } from './health/heat-map/poll-hours.ts';
import { Discovery } from './directory/oidc/discovery.ts';
import { makeOidcRoutes } from './directory/oidc/oidc-routes.ts';
import { startDelivering } from './alert/deliver-alerts.ts';
import { startWatching } from './alert/watch.ts';
import { Hints } from './hints.ts';
import { repeatHourly } from './repeat-hourly.ts';
import { closeMonths } from './statistics/close-months.ts';
import { startSettling } from './layer/settle/settle-users.ts';
import { Metrics } from './metrics.ts';
import { migrations } from './migrations/migrations.ts';
import { startDevicePoller } from './oauth/sign-in/device-poller.ts';
import { makeOAuthRoutes } from './oauth/oauth-routes.ts';
import { makePresence } from './part/presence.ts';
import { makeEnrolCode } from './part/enrol-part.ts';
import { router } from './router.ts';
import { DueHosts } from './schedule/due-hosts.ts';
import { authenticate } from './session/authenticate.ts';
import { PasswordHasher } from './password/password.ts';
import { makeProgramRoutes } from './session/program/program-routes.ts';
import { makeSessionRoutes } from './session/session-routes.ts';
import { SetupCode } from './registration/setup-code.ts';
import { SigningKeys } from './session/signing/signing-keys.ts';
import type { ProfileCallContext } from './trpc.ts';
import { makeImportRoutes } from './user/provision/import-routes.ts';
import { startHashingInitialPasswords } from './user/provision/hash-initial-passwords.ts';
import { purgeDue } from './user/removal/purge-user.ts';
import { makeKeySource } from './vault/master/key-source.ts';
import { takeVaultJobs } from './vault/rotation/rotation-jobs.ts';
import { startRotations } from './vault/rotation/rotate.ts';
import { openVault } from './vault/vault.ts';
import { makeProfileTransferRoutes } from './transfer/profile-transfer-routes.ts';
import { takeProfileJobs } from './transfer/restore-jobs.ts';
import { makeWebRoutes } from './web/web-routes.ts';

export interface ProfileServerOptions {
  settings: Settings;
  /** Of this part: master key and SQLite file. */
  dataDir: string;
  port: number;
  clock: Clock;
  random: (size: number) => Uint8Array;
  log: Logger;
  /** Folder of the built web client; null serves none. */
  webRoot: string | null;
}

export interface ProfileServer {
  url: string;
  port: number;
  /** For the operator who starts a part on this machine: good for 15 minutes, once. */
  makeEnrolCode(kind: PartKind): Promise<string>;
  /** Null once there is an admin. */
  setupCode(): string | null;
  stop(): Promise<void>;
}

/** Milliseconds in which writes of polls gather: nobody waits for one of them alone. */
const GATHER_POLLS = 5;
/** Tokens of parts that are kept as verified. */
const MOST_SERVICE_TOKENS = 1000;

/** KiB: with 100,000 accounts each poll reads and writes other pages, which the usual cache has no room for; a small schedule never fills it. */
const WRITING_CACHE = 64_000;

/** Starts the profile-server; MailError `usage` or `unavailable` when it cannot. */
export async function startProfileServer(options: ProfileServerOptions): Promise<ProfileServer> {
  const { settings, dataDir, log } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const db = await openDatabase({
    database: settings.database,
    file: join(dataDir, 'profile.sqlite'),
    schema: 'profile',
    migrations,
    log,
    writingCache: WRITING_CACHE,
  });
  const stopping = new AbortController();
  let stopped: Promise<void> | null = null;
  const stop = async (
    server: ProfileContext,
    http: HttpServer,
    stopLoops: readonly (() => Promise<void>)[],
  ): Promise<void> => {
    stopping.abort();
    await Promise.all([http.close(), ...stopLoops.map(async (stopLoop) => await stopLoop())]);
    await Promise.allSettled([...server.openRefreshes, server.pollHours.flush()]);
    await db.close();
  };
  try {
    const server = await makeContext(options, db, stopping.signal);
    const http = await listen(server, options);
    const jobs = takeProfileJobs(server, options.dataDir);
    const loops = [
      repeatHourly(server, 'clean-up.failed', async () => await cleanUp(server)),
      repeatHourly(server, 'purge.failed', async () => await purgeDue(server)),
      repeatHourly(server, 'use.close-failed', async () => await closeMonths(server)),
      jobs,
    ];
    loops.push(startDevicePoller(server), startHashingInitialPasswords(server), startSettling(server));
    loops.push(startDelivering(server), startWatching(server, options.dataDir));
    loops.push(startRotations(server), takeVaultJobs(server, options.dataDir));
    return {
      url: http.url,
      port: http.port,
      makeEnrolCode: async (kind) => (await makeEnrolCode(server, 'system', kind)).code,
      setupCode: () => server.setupCode.code,
      stop: async () => await (stopped ??= stop(server, http, loops)),
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function makeContext(
  options: ProfileServerOptions,
  db: Database,
  stopping: AbortSignal,
): Promise<ProfileContext> {
  const { settings, clock, random, log } = options;
  const vault = await openVault({ db, clock, random }, makeKeySource(settings, options.dataDir, log));
  const masterKey = vault.ring;
  const signingKeys = new SigningKeys(db, masterKey, clock);
  // Also proves that the master key is the one of this database, before anything is written under another.
  await signingKeys.current();
  const setupCode = new SetupCode(db, random);
  await setupCode.open();
  const egress = makeEgressGuard({ allowNetworks: settings.allowNetworks, dns: settings.dns });
  return {
    db,
    clock,
    random,
    log,
    settings,
    allowNetworks: parseNetworks(settings.allowNetworks),
    egress,
    discovery: new Discovery(egress, clock),
    openRefreshes: new Set(),
    hints: new Hints(),
    dueHosts: new DueHosts(),
    pollWrites: new GroupWrites(db, GATHER_POLLS),
    pollHours: new PollHours(db),
    signInLock: new KeyedLock(),
    metrics: new Metrics(),
    masterKey,
    vault,
    verifiedTokens: new VerifiedTokens<true>(MOST_SERVICE_TOKENS),
    presence: makePresence(),
    signingKeys,
    passwords: new PasswordHasher(random),
    setupCode,
    stopping,
  };
}

async function listen(server: ProfileContext, options: ProfileServerOptions): Promise<HttpServer> {
  const { settings, log, webRoot } = options;
  return await startHttpServer<ProfileCallContext>({
    name: 'profile-server',
    host: settings.host,
    port: options.port,
    tls: await readTlsFiles(settings.tls),
    publicUrl: settings.publicUrl,
    extraOrigins: [],
    behindProxy: settings.behindProxy,
    routes: [
      ...makeSessionRoutes(server),
      ...makeOAuthRoutes(server),
      ...makeOidcRoutes(server),
      ...makeProgramRoutes(server),
      ...makeImportRoutes(server),
      ...makeProfileTransferRoutes(server),
      ...(webRoot === null ? [] : makeWebRoutes(server, webRoot)),
    ],
    router,
    // Of what this server says only the profile may be long, and no secret stands in it.
    compresses: (path) => path === '/trpc/profile.read',
    createContext: (caller, _req, res) => ({ caller, log, server, res }),
    authenticate: async (bearer, address) => await authenticate(server, bearer, address),
    isHealthy: async () => await isHealthy(server.db, log),
    metrics: () => server.metrics.print(),
    metricsToken: settings.metricsToken,
    log,
  });
}
