import { join } from 'node:path';
import type { Clock } from '../common/time.ts';
import type { Database } from '../server-kit/database/database.ts';
import { makeEgressGuard } from '../server-kit/egress/guard.ts';
import type { Logger } from '../server-kit/log.ts';
import type { Settings } from '../server-kit/settings.ts';
import { makeKeyFinder, type DkimKey } from './dkim/keys.ts';
import { chooseNames } from './own-name.ts';
import type { ProfileLink } from './profile-link.ts';
import { makeRouteFinder, type RouteFinder } from './route/find-route.ts';
import { makeMxResolver } from './route/resolve-mx.ts';
import { makePolicySource } from './tls-policy/fetch-policy.ts';
import { makePolicyFinder } from './tls-policy/policy-finder.ts';
import type { TransportOptions } from './transport/send-by-hop.ts';
import { makeSessionPool } from './transport/pool/session-pool.ts';
import { SESSION_TIMEOUTS } from './transport/smtp-session.ts';

/** What mails leave by: routes, the wire, and the keys that sign. */
export interface WayOut {
  /** What this relay calls itself in headers. */
  name: string;
  routes: RouteFinder;
  transport: TransportOptions;
  findKey: (domain: string) => Promise<DkimKey | null>;
  /** 0 to 1. */
  randomFraction: () => number;
}

export function makeWayOut(options: {
  settings: Settings;
  dataDir: string;
  clock: Clock;
  random: (size: number) => Uint8Array;
  profile: ProfileLink;
  database: Database;
  log: Logger;
}): WayOut {
  const { settings, clock, random, profile } = options;
  const names = chooseNames(settings.relayUrl);
  const randomFraction = (): number => (random(1)[0] ?? 0) / 256;
  const findKey = makeKeyFinder(join(options.dataDir, 'dkim'), () => clock.now());
  const guard = makeEgressGuard({ allowNetworks: settings.allowNetworks, dns: settings.dns });
  const ownNames = new Set([names.headers, names.ehlo].filter((name) => name.includes('.')));
  const routes = makeRouteFinder({
    profile,
    resolveMx: makeMxResolver({ dns: settings.dns, ownNames, random: randomFraction }),
    operatorSmarthost: settings.relaySmarthost,
    mxPort: settings.mxPort,
    findDkimKey: async (domain) => {
      const key = await findKey(domain);
      return key === null ? null : { domain: key.domain, selector: key.selector };
    },
  });
  const transport = {
    guard,
    name: names.ehlo,
    timeouts: SESSION_TIMEOUTS,
    pool: makeSessionPool(),
    policies: makePolicyFinder({
      database: options.database,
      source: makePolicySource({ guard, dns: settings.dns, port: settings.mtaStsPort }),
      now: () => clock.now(),
      log: options.log,
    }),
  };
  return { name: names.headers, routes, transport, findKey, randomFraction };
}
