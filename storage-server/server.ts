import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, MINUTE, type Clock } from '../common/time.ts';
import { demandPartId } from '../server-kit/auth/enrol.ts';
import { loadPartKey } from '../server-kit/auth/part-key.ts';
import { isRevoked } from '../server-kit/auth/revocation.ts';
import { makeTrust } from '../server-kit/auth/trust.ts';
import { makeTrustSource } from '../server-kit/auth/trust-source.ts';
import { isHealthy } from '../server-kit/database/is-healthy.ts';
import { openDatabase } from '../server-kit/database/open.ts';
import { makeEgressGuard } from '../server-kit/egress/guard.ts';
import { startHttpServer } from '../server-kit/http/server.ts';
import { readTlsFiles } from '../server-kit/http/tls-files.ts';
import type { Logger } from '../server-kit/log.ts';
import { readAnswer } from '../server-kit/service-client.ts';
import type { Settings } from '../server-kit/settings.ts';
import { waitForProfile } from '../server-kit/wait-for-profile.ts';
import { startThreads } from './background/start-threads.ts';
import { takeRestoreJobs } from './backup/restore-jobs.ts';
import { openLocalBlobStore } from './blob/local-blob-store.ts';
import { loadStoreKeys } from './blob/store-key.ts';
import type { StorageContext, StorageCore } from './context.ts';
import { makeDiscovery } from './discovery/make-discovery.ts';
import { makeDraftRoutes } from './draft/draft-routes.ts';
import { makeEvents } from './event/events.ts';
import { startFiling } from './filing/start-filing.ts';
import { makeHome } from './home/make-home.ts';
import { followDepartures } from './departure/follow-departures.ts';
import { startReportingHome } from './home/report-home.ts';
import { enrolStorage, makeProfileClient } from './home/profile-client.ts';
import { bindStore, type StoreBond } from './keeping/bond/bind-store.ts';
import { sweepStore } from './keeping/bond/sweep-store.ts';
import { listReferenceSources } from './keeping/reference-sources.ts';
import { forgetRemoved } from './mail/change/change-mails.ts';
import type { MailCore } from './mail/mail-core.ts';
import { makeMailIds } from './mail/mail-id.ts';
import { makeMailRoutes } from './mail/mail-routes.ts';
import { makeMails } from './mail/make-mails.ts';
import { rescueMails } from './mail/change/rescue-mails.ts';
import { makeSelections } from './mail/selection/selections.ts';
import { forgetOperations } from './mail/selection/undo.ts';
import { makeUrlSigner } from './mail/signed-url.ts';
import { expireMails } from './mailbox/expire-mails.ts';
import { makeMailboxes } from './mailbox/mailboxes.ts';
import { migrations } from './migrations/migrations.ts';
import { startOrigin } from './origin/start-origin.ts';
import { makeViewer } from './view/make-viewer.ts';
import { makePictures } from './picture/make-pictures.ts';
import { makePictureRoutes } from './picture/picture-routes.ts';
import { startReminders } from './reminder/start-reminders.ts';
import { startSnoozes } from './snooze/start-snoozes.ts';
import { startStatistics } from './statistics/start-statistics.ts';
import { confirmArrived } from './sender-code/confirm-arrived.ts';
import { fileSentCopies } from './sent-copy/file-sent-copies.ts';
import { fileReports } from './report/file-reports.ts';
import { startRetrieval } from './retrieval/loop.ts';
import { router } from './router.ts';
import { startSearch } from './search/start-search.ts';
import { makeRelays } from './sending/relay/relays.ts';
import { startOutbound } from './sending/start-outbound.ts';
import { makeTransferRoutes } from './transfer/transfer-routes.ts';

export interface StorageServerOptions {
  settings: Settings;
  /** Of this part alone. */
  dataDir: string;
  port: number;
  clock: Clock;
  random: (size: number) => Uint8Array;
  log: Logger;
  profileUrl: string;
  /** Needed once, at the first start. */
  enrolCode: string | null;
  /** Stopped while it starts: it waits no longer for the profile-server. */
  stopping?: AbortSignal | undefined;
}

export interface StorageServer {
  url: string;
  port: number;
  partId: string;
  /** Ends within 10 s: what is committed stays, sessions on maildrops end at their next reply. */
  stop(): Promise<void>;
}

/** KiB: an import fills it, and takes no longer with a quarter less than the usual. */
const WRITING_CACHE = 12_000;
const TIDY_EVERY = 6 * HOUR;
/** Not while the first users come back, but also on machines that never run for six hours. */
const TIDY_FIRST = 10 * MINUTE;

/** Starts the home of users' mail: store, retrieval, sending, delivery to clients. */
export async function startStorageServer(options: StorageServerOptions): Promise<StorageServer> {
  const { log } = options;
  /** What to end, in reverse order. */
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) {
      await end().catch((error: unknown) => log.error('stop.failed', { error }));
    }
  };
  try {
    const core = await makeCore(options, ends);
    // Before the first poll: it frees the leases of a former run, and must not take those of this one.
    await readAnswer(
      core.profile.part.announce.mutate({ url: options.settings.storageUrl, submission: null }),
    );
    const relays = makeRelays(core);
    const rules = startFiling({ ...core, relays });
    ends.push(async () => await rules.stop());
    const filing = fileReports(core, confirmArrived(core, fileSentCopies(core, rules.filing)));
    const retrieval = await startRetrieval({ ...core, filing });
    ends.push(async () => await retrieval.stop());
    const threads = startThreads(core);
    const search = await startSearch({ ...core, threads });
    const origin = await startOrigin({ ...core, threads });
    // The threads first: whoever waits for them is told that they end.
    ends.push(async () => void (await Promise.all([threads.stop(), search.stop(), origin.stop()])));
    const outbound = await startOutbound(core, { relays, wakeOutbox: rules.wake });
    ends.push(async () => await outbound.stop());
    const reminding = startReminders(core);
    ends.push(async () => await reminding.stop());
    if (options.settings.statistics === 'on') ends.push(await startStatistics(core));
    const pictures = await makePictures(core);
    ends.push(async () => await pictures.stop());
    const viewer = makeViewer(core.log);
    ends.push(async () => await viewer.stop());
    const ending = new AbortController();
    const first = setTimeout(() => void tidy(core, ending.signal), TIDY_FIRST);
    const tidying = setInterval(() => void tidy(core, ending.signal), TIDY_EVERY);
    ends.push(async () => {
      ending.abort();
      clearTimeout(first);
      clearInterval(tidying);
    });

    const { drafts, sending } = outbound;
    const discovery = makeDiscovery(core);
    const selections = makeSelections({ ...core, search });
    const snoozing = startSnoozes({ ...core, selections });
    ends.push(async () => await snoozing.stop());
    const shared = {
      ...core,
      retrieval,
      drafts,
      sending,
      reminders: reminding.reminders,
      snoozes: snoozing.snoozes,
      relays,
      discovery,
      search,
      selections,
      viewer,
      ruleThread: rules.thread,
    };
    ends.push(await takeRestoreJobs(core));
    const transfer = await makeTransferRoutes({ ...core, search });
    const http = await listen(options, core, {
      routes: [
        ...makeMailRoutes(core),
        ...makePictureRoutes({ ...core, pictures }),
        ...makeDraftRoutes({ drafts, viewer }),
        ...outbound.routes,
        ...transfer,
      ],
      createContext: (caller) => ({ ...shared, caller }),
    });
    ends.push(async () => await http.close());
    ends.push(startReportingHome(core));
    ends.push(followDepartures(core));
    const { partId } = core.key;
    return { url: http.url, port: http.port, partId: partId ?? '', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type BoundCore = StorageCore & { bond: StoreBond };

async function makeCore(options: StorageServerOptions, ends: (() => Promise<void>)[]): Promise<BoundCore> {
  const { settings, dataDir, clock, random, log, profileUrl } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const key = await loadPartKey(dataDir, clock);
  const awaited = { url: profileUrl, log, stopping: options.stopping };
  const enrol = async (code: string): Promise<{ part: string }> =>
    await waitForProfile(awaited, async () => await enrolStorage(profileUrl, code, key.publicJwk));
  const audience = await demandPartId(key, options.enrolCode, enrol);
  const profile = makeProfileClient(profileUrl, key);
  const keys = await loadStoreKeys(dataDir, random);
  const blobs = await openLocalBlobStore({ dataDir, key: keys.blob, log });
  ends.push(async () => await blobs.close());
  const file = join(dataDir, 'storage.sqlite');
  const db = await openDatabase({
    database: settings.database,
    file,
    schema: 'storage',
    migrations,
    log,
    writingCache: WRITING_CACHE,
  });
  ends.push(async () => await db.close());
  const bond = await bindStore({ db, dataDir, clock, random, log });
  const source = makeTrustSource(profileUrl, profile);
  const issuer = settings.publicUrl;
  const trust = await waitForProfile(
    awaited,
    async () => await makeTrust({ audience, issuer, source, clock, log }),
  );
  ends.push(async () => await trust.stop());
  const home = makeHome({ profile, log });
  ends.push(async () => await home.stop());
  const events = makeEvents();
  const rescue = (user: string, vanished: string[]): void => {
    rescueMails(mailCore, user, vanished).catch((error: unknown) =>
      log.warn('mailbox.rescue-failed', { error }),
    );
  };
  const mailboxes = makeMailboxes({ db, home, onVanished: rescue });
  const ids = makeMailIds(keys.mailId);
  const quota = settings.userQuota;
  const mailCore: MailCore = { db, blobs, events, home, mailboxes, ids, clock, quota };
  return {
    settings,
    dataDir,
    clock,
    random,
    log,
    db,
    blobs,
    bond,
    blobKey: keys.blob,
    references: listReferenceSources(db),
    ids,
    mails: makeMails(mailCore),
    mailboxes,
    signer: makeUrlSigner(keys.url, clock),
    events,
    home,
    profile,
    key,
    trust,
    egress: makeEgressGuard({ allowNetworks: settings.allowNetworks, dns: settings.dns }),
  };
}

async function listen(
  options: StorageServerOptions,
  core: StorageCore,
  face: Pick<Parameters<typeof startHttpServer<StorageContext>>[0], 'routes' | 'createContext'>,
) {
  const { settings, log } = options;
  const http = await startHttpServer<StorageContext>({
    ...face,
    name: 'storage-server',
    host: settings.host,
    port: options.port,
    tls: await readTlsFiles(settings.tls),
    publicUrl: settings.storageUrl,
    extraOrigins: [new URL(settings.publicUrl).origin],
    behindProxy: settings.behindProxy,
    router,
    // Mail is long; what is signed stands in short answers of its own.
    compresses: (path) => !/sign/i.test(path),
    authenticate: async (bearer, address) => await core.trust.authenticate(bearer, address),
    isHealthy: async () => await isHealthy(core.db, log),
    metrics: () =>
      `# TYPE valija_storage_uptime_seconds gauge\nvalija_storage_uptime_seconds ${process.uptime()}\n`,
    metricsToken: settings.metricsToken,
    log,
  });
  core.trust.onRevoked((revocation) => http.endWhere((caller) => isRevoked(caller, revocation)));
  return http;
}

/** Gives back what nothing refers to any more. */
async function tidy(core: BoundCore, signal: AbortSignal): Promise<void> {
  try {
    await forgetRemoved(core);
    await forgetOperations(core);
    const expired = await expireMails(core, signal);
    const swept = await sweepStore(core);
    core.log.info('store.tidied', { swept, expired });
  } catch (error) {
    core.log.warn('store.tidy-failed', { error });
  }
}
