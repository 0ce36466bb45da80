import { join } from 'node:path';
import { makeId } from '../common/ids.ts';
import type { Clock } from '../common/time.ts';
import { demandPartId } from '../server-kit/auth/enrol.ts';
import { loadPartKey } from '../server-kit/auth/part-key.ts';
import { isRevoked } from '../server-kit/auth/revocation.ts';
import { makeTrust } from '../server-kit/auth/trust.ts';
import { makeBell } from '../server-kit/bell.ts';
import { isHealthy } from '../server-kit/database/is-healthy.ts';
import { isLoopbackHost } from '../server-kit/http/loopback.ts';
import { startHttpServer } from '../server-kit/http/server.ts';
import { readTlsFiles } from '../server-kit/http/tls-files.ts';
import type { Logger } from '../server-kit/log.ts';
import { startReportingFacts } from '../server-kit/report-facts.ts';
import type { Settings } from '../server-kit/settings.ts';
import { waitForProfile } from '../server-kit/wait-for-profile.ts';
import type { RelayContext, RelayServices } from './context.ts';
import { makeCopyRoutes } from './copy/copy-routes.ts';
import { makeHomeCheck } from './demand-home.ts';
import { makeLanguageFinder } from './dsn/find-language.ts';
import { makeMeters } from './metrics/meters.ts';
import { makeMetrics } from './metrics/metrics.ts';
import { migrations } from './migrations/migrations.ts';
import { startNotices } from './notice/take-notices.ts';
import { makeProfileLink } from './profile-link.ts';
import { makeControl } from './queue/control/make-control.ts';
import { openQueueDatabase, type QueueDatabase } from './queue/commit/queue-database.ts';
import { readQueueFacts } from './queue/control/show/queue-facts.ts';
import { watchChanged } from './queue/unlock/watch-changed.ts';
import { watchLocked } from './queue/unlock/watch-locked.ts';
import { listWaiting } from './queue/list-store.ts';
import { startMailQueue, type MailQueue } from './queue/mail-queue.ts';
import { claimResults } from './result/claim-results.ts';
import { readOutboxId } from './result/outbox-store.ts';
import { testSmarthost } from './route/test-smarthost.ts';
import { router } from './router.ts';
import { makeSendLimits } from './submission/limit/send-limits.ts';
import type { Submitter } from './submission/sign-in/submitter.ts';
import { startSubmission } from './submission/submission-server.ts';
import { makeSuppressions } from './suppression/suppressions.ts';
import { makeWayOut } from './way-out.ts';

export interface SmtpRelayOptions {
  settings: Settings;
  /** Of this part alone. */
  dataDir: string;
  /** Of the API; submission listens on `settings.ports.submission`. */
  port: number;
  clock: Clock;
  random: (size: number) => Uint8Array;
  log: Logger;
  profileUrl: string;
  /** Needed once, at the first start. */
  enrolCode: string | null;
  /** Stopped while it starts: it waits no longer for the profile-server. */
  stopping?: AbortSignal | undefined;
  /** Who submits without signing in: for measurements with programs that cannot. */
  admit?: () => Submitter;
}

export interface SmtpRelay {
  url: string;
  port: number;
  partId: string;
  submission: { host: string; port: number; tls: boolean };
  /** Looks at the queue now: for whoever moved the clock. */
  wake(): void;
  /** Ends within 10 s: what is being sent may finish, the rest goes back to the queue. */
  stop(): Promise<void>;
}

/** Starts the part that takes mails from storage-servers and brings them out. */
export async function startSmtpRelay(options: SmtpRelayOptions): Promise<SmtpRelay> {
  const { settings, dataDir, clock, random, log } = options;
  /** What to end, in reverse order. */
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) {
      await end().catch((error: unknown) => log.error('stop.failed', { error }));
    }
  };
  try {
    const key = await loadPartKey(dataDir, clock);
    const profile = makeProfileLink({ url: options.profileUrl, key });
    const awaited = { url: options.profileUrl, log, stopping: options.stopping };
    const enrol = async (code: string): Promise<{ part: string }> =>
      await waitForProfile(awaited, async () => await profile.enrol(code, key.publicJwk));
    const partId = await demandPartId(key, options.enrolCode, enrol);
    const { database, commit } = await openRelayDatabase(settings, dataDir, log);
    ends.push(async () => await database.close());
    const issuer = settings.publicUrl;
    const judged = { audience: partId, issuer, source: profile.trustSource, clock, log };
    const trust = await waitForProfile(awaited, async () => await makeTrust(judged));
    ends.push(async () => await trust.stop());

    const suppressions = makeSuppressions({ database, clock, log });
    // What is waited for is known before the queue starts, which is woken by it.
    let started: MailQueue | null = null;
    const locked = watchLocked({ database, clock, log, profile, wake: () => started?.wake() });
    const changed = watchChanged({ database, clock, log, profile, wake: () => started?.wake() });
    const wayOut = makeWayOut({
      settings,
      dataDir,
      clock,
      random,
      profile: locked.profile,
      database,
      suppressions,
      log,
    });
    const { name, routes, preflight, transport, sign, randomFraction } = wayOut;
    ends.push(async () => transport.pool.close());
    trust.onRevoked(({ kind, id }) => {
      if (kind === 'user') transport.pool.closeWhere(({ user }) => user === id);
    });
    const newId = (prefix: string): string => makeId(prefix, random);
    const bell = makeBell();
    const shared = {
      database,
      clock,
      log,
      bell,
      suppressions,
      languageOf: makeLanguageFinder(profile),
      name,
      routes,
      transport,
      randomFraction,
      makeId: newId,
    };
    const operatorSmarthost = settings.relaySmarthost !== null;
    const meters = makeMeters();
    // What is paused too: the queue asks for it.
    const control = await makeControl({
      ...shared,
      operatorSmarthost,
      wake: () => started?.wake(),
      recall: async (mail) => await started?.recall(mail),
      countActive: () => started?.active ?? 0,
    });
    ends.push(async () => await control.stop());
    const queue = await startMailQueue({
      ...shared,
      commit,
      meters,
      changed,
      owner: partId,
      paused: () => control.paused(),
    });
    started = queue;
    ends.push(async () => await queue.stop());
    await locked.start();
    ends.push(async () => await locked.stop());
    await changed.start();
    ends.push(async () => await changed.stop());

    const stopNotices = startNotices({
      ...shared,
      profile,
      operatorSmarthost,
      sign,
      enqueue: async (mail) => await queue.enqueue(mail),
    });
    ends.push(stopNotices);

    const tls = await readTlsFiles(settings.tls);
    const limits = makeSendLimits({ database, clock, log, perHour: settings.sendLimit });
    ends.push(async () => await limits.stop());
    const submission = await startSubmission({
      ...shared,
      profile,
      trust,
      tls,
      host: settings.host,
      port: settings.ports.submission,
      operatorSmarthost,
      sign,
      checkSender: async (sender, from, mailFrom) => await preflight.checkSender(sender, from, mailFrom),
      limits,
      meters,
      implicitTlsPort: settings.submissionsPort,
      ...(options.admit === undefined ? {} : { admit: options.admit }),
      enqueue: async (mail) => await queue.enqueue(mail),
    });
    ends.push(async () => await submission.stop());

    const stopping = new AbortController();
    const services: RelayServices = {
      suppressions,
      limits,
      control,
      demandHome: makeHomeCheck(profile),
      listQueue: async (which) => await listWaiting(database, which),
      explainRoute: async (user, from, to) => await preflight.explain(user, from, to),
      checkRoute: async (user, from, to) => await preflight.check(user, from, to),
      describeDomains: async (domains) => await preflight.describeDomains(domains),
      testRoute: async (smtp, secret) => await testSmarthost(smtp, secret, transport, stopping.signal),
      outbox: await readOutboxId(database, newId),
      claimResults: async (claim) => await claimResults({ database, bell, stopping: stopping.signal }, claim),
    };
    const { pool } = transport;
    const metrics = makeMetrics({ database, clock, meters, queue, submission, pool, log });
    ends.push(async () => await metrics.stop());
    const http = await startHttpServer<RelayContext>({
      name: 'smtp-relay',
      host: settings.host,
      port: options.port,
      publicUrl: settings.relayUrl,
      extraOrigins: [new URL(settings.publicUrl).origin],
      behindProxy: settings.behindProxy,
      routes: makeCopyRoutes(database),
      createContext: (caller) => ({ caller, log, relay: services }),
      authenticate: async (bearer, address) => await trust.authenticate(bearer, address),
      isHealthy: async () => await isHealthy(database, log),
      metrics: () => metrics.read(),
      metricsToken: settings.metricsToken,
      router,
      tls,
      log,
    });
    ends.push(async () => await http.close());
    trust.onRevoked((revocation) => http.endWhere((caller) => isRevoked(caller, revocation)));
    ends.push(async () => stopping.abort());

    const address = announcedAddress(settings, submission.port, tls !== null);
    await waitForProfile(awaited, async () => await profile.announce(settings.relayUrl, address));
    const reporting = startReportingFacts({
      dataDir,
      log,
      read: async () => ({ queue: await readQueueFacts(database.read), mails: null, backup: null }),
      report: async (facts) => await profile.reportFacts(facts),
    });
    ends.push(reporting);
    return { url: http.url, port: http.port, partId, submission: address, wake: () => queue.wake(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openRelayDatabase(settings: Settings, dataDir: string, log: Logger): Promise<QueueDatabase> {
  const file = join(dataDir, 'queue.sqlite');
  return await openQueueDatabase({ database: settings.database, file, schema: 'relay', migrations, log });
}

/** Where storage-servers find the submission port; with TLS by the name that the certificate has. */
function announcedAddress(settings: Settings, port: number, tls: boolean): SmtpRelay['submission'] {
  const host = isLoopbackHost(settings.host) ? settings.host : new URL(settings.relayUrl).hostname;
  return { host, port, tls };
}
