import { ENGINES, startEngine } from './engines.ts';
import { makeEgressGuard } from '../../server-kit/egress/guard.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { wayTables } from '../../smtp-relay/migrations/way-tables.ts';
import { hopOfMx, type NextHop } from '../../smtp-relay/route/next-hop.ts';
import { makePolicySource } from '../../smtp-relay/tls-policy/fetch-policy.ts';
import { makePolicyFinder } from '../../smtp-relay/tls-policy/policy-finder.ts';
import { makePacer } from '../../smtp-relay/transport/pool/pace.ts';
import { makeSessionPool, type SessionPool } from '../../smtp-relay/transport/pool/session-pool.ts';
import { makeRefusedLogins } from '../../smtp-relay/transport/refused-logins.ts';
import { sendByHop, type TransportOptions } from '../../smtp-relay/transport/send-by-hop.ts';
import type { Shipment, ShipmentResult } from '../../smtp-relay/transport/shipment.ts';

/** The relay's way out without a relay around it: no queue, no profile-server. */
export interface TestTransport {
  options: TransportOptions;
  pool: SessionPool;
  /** Sends a small mail to one recipient and tells what became of it. */
  send(hop: Partial<NextHop> & { port: number }, change?: Partial<Shipment>): Promise<ShipmentResult>;
  stop(): Promise<void>;
}

export const LITTLE_MAIL = Buffer.from('From: a@own.test\r\nSubject: x\r\n\r\nHello\r\n');

/** `stsPort`: of the policies' HTTPS server; `dns`: who knows the names. */
export async function startTransport(how: {
  dns: { host: string; port: number } | null;
  stsPort: number;
  /** What refused logins are timed by. */
  now?: () => number;
}): Promise<TestTransport> {
  const engine = await startEngine(ENGINES[0] ?? 'sqlite');
  const database = await engine.open(wayTables);
  const pool = makeSessionPool();
  const guard = makeEgressGuard({ allowNetworks: ['127.0.0.0/8'], dns: how.dns });
  const options: TransportOptions = {
    guard,
    name: 'me.test',
    timeouts: { connect: 2000, greeting: 2000, idle: 5000 },
    pool,
    pacer: makePacer(),
    refusedLogins: makeRefusedLogins(how.now),
    policies: makePolicyFinder({
      database,
      source: makePolicySource({ guard, dns: how.dns, port: how.stsPort }),
      now: () => Date.now(),
      log: silentLogger,
    }),
  };
  const signal = new AbortController().signal;
  return {
    options,
    pool,
    send: async (hop, change = {}) => {
      const to = change.to?.[0] ?? 'bob@x.test';
      const shipment = makeShipment({ to: [to], ...change });
      const results = await sendByHop(
        { ...hopOfMx(['127.0.0.1'], hop.port), ...hop },
        shipment,
        options,
        signal,
      );
      const result = results.get(to);
      if (result === undefined) throw new Error('no result');
      return result;
    },
    stop: async () => {
      pool.close();
      await database.close();
      await engine.stop();
    },
  };
}

/** A little mail for one recipient. */
export function makeShipment(change: Partial<Shipment> = {}): Shipment {
  return {
    from: 'a@own.test',
    to: ['bob@x.test'],
    size: LITTLE_MAIL.length,
    eightBit: false,
    utf8: false,
    openBody: () => LITTLE_MAIL,
    owner: null,
    requireTls: false,
    tlsOptional: false,
    ...change,
  };
}
