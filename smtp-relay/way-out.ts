import { hostname } from 'node:os';
import { join } from 'node:path';
import { MINUTE, SECOND, type Clock } from '../common/time.ts';
import { makeCachedResolver } from '../server-kit/cached-resolver.ts';
import type { Database } from '../server-kit/database/database.ts';
import { makeEgressGuard } from '../server-kit/egress/guard.ts';
import type { Logger } from '../server-kit/log.ts';
import type { Settings } from '../server-kit/settings.ts';
import { readFolderKeys } from './dkim/folder-keys.ts';
import { makePublishedCheck } from './dkim/is-published.ts';
import { makeKeyRing } from './dkim/keys.ts';
import { makeSigner, type SignMessage } from './dkim/sign.ts';
import { chooseNames } from './own-name.ts';
import type { ProfileLink } from './profile-link.ts';
import { makeDmarcCheck } from './route/dmarc/check-dmarc.ts';
import { findOwnAddresses } from './route/dmarc/own-addresses.ts';
import { makePatientResolver } from './route/dmarc/patient-resolver.ts';
import { makeRouteFinder, type RouteFinder } from './route/find-route.ts';
import { makePreflight, type Preflight } from './route/preflight.ts';
import { makeMxResolver } from './route/resolve-mx.ts';
import type { Suppressions } from './suppression/suppressions.ts';
import { makePolicySource } from './tls-policy/fetch-policy.ts';
import { makePolicyFinder } from './tls-policy/policy-finder.ts';
import type { TransportOptions } from './transport/send-by-hop.ts';
import { makePacer } from './transport/pool/pace.ts';
import { makeSessionPool } from './transport/pool/session-pool.ts';
import { makeRefusedLogins } from './transport/refused-logins.ts';
import { SESSION_TIMEOUTS } from './transport/smtp-session.ts';

/** What mails leave by: routes, the wire, and the keys that sign. */
export interface WayOut {
  /** What this relay calls itself in headers. */
  name: string;
  routes: RouteFinder;
  preflight: Preflight;
  transport: TransportOptions;
  sign: SignMessage;
  /** 0 to 1. */
  randomFraction: () => number;
}

/** Of what is asked before sending: somebody waits, and a record that was just published is to be seen. */
const KEPT = { found: 5 * MINUTE, missing: 20 * SECOND, failed: 10 * SECOND } as const;
const TIMEOUT = SECOND;

export function makeWayOut(options: {
  settings: Settings;
  dataDir: string;
  clock: Clock;
  random: (size: number) => Uint8Array;
  profile: ProfileLink;
  database: Database;
  suppressions: Suppressions;
  log: Logger;
}): WayOut {
  const { settings, clock, random, profile } = options;
  const names = chooseNames({
    relayUrl: settings.relayUrl,
    machine: hostname(),
    addresses: settings.relayAddresses,
  });
  // A smarthost of the operator's takes any name; hosts of strangers refuse or distrust one that is not in DNS.
  if (settings.relaySmarthost === null && !names.isQualified)
    options.log.warn('relay.no-full-name', { ehlo: names.ehlo });
  const randomFraction = (): number => (random(1)[0] ?? 0) / 256;
  const findKeys = makeKeyRing({
    fetchKeys: async () => await profile.fetchDkimKeys(),
    readFolder: async () => await readFolderKeys(join(options.dataDir, 'dkim')),
    now: () => clock.now(),
    log: options.log,
  });
  const guard = makeEgressGuard({ allowNetworks: settings.allowNetworks, dns: settings.dns });
  const ownNames = new Set([names.headers, names.ehlo].filter((name) => name.includes('.')));
  const routes = makeRouteFinder({
    profile,
    resolveMx: makeMxResolver({ dns: settings.dns, ownNames, random: randomFraction }),
    operatorSmarthost: settings.relaySmarthost,
    mxPort: settings.mxPort,
  });
  const transport = {
    guard,
    name: names.ehlo,
    timeouts: SESSION_TIMEOUTS,
    pool: makeSessionPool(),
    pacer: makePacer(),
    refusedLogins: makeRefusedLogins(),
    policies: makePolicyFinder({
      database: options.database,
      source: makePolicySource({ guard, dns: settings.dns, port: settings.mtaStsPort }),
      now: () => clock.now(),
      log: options.log,
    }),
  };
  const resolve = makePatientResolver(makeCachedResolver(settings.dns, { timeout: TIMEOUT, kept: KEPT }));
  const sign = makeSigner({
    findKeys,
    isPublished: makePublishedCheck(resolve),
    now: () => clock.now(),
    log: options.log,
  });
  const preflight = makePreflight({
    profile,
    routes,
    resolve,
    ownNames,
    suppressions: options.suppressions,
    findKeys,
    policies: transport.policies,
    checkDmarc: makeDmarcCheck({
      resolve,
      findKeys,
      findOwnAddresses: async () =>
        await findOwnAddresses(resolve, { given: settings.relayAddresses, helo: names.ehlo }),
      operatorSmarthost: settings.relaySmarthost !== null,
      helo: names.ehlo,
    }),
  });
  return { name: names.headers, routes, preflight, transport, sign, randomFraction };
}
