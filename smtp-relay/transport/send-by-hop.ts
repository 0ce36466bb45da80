import { MINUTE } from '../../common/time.ts';
import type { NextHop } from '../route/next-hop.ts';
import { domainOf } from '../route/destination.ts';
import { decideTls, explainDemand, refuseUnpromised } from '../tls-policy/decide-tls.ts';
import type { PolicyFinder } from '../tls-policy/policy-finder.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { leaveOnAbort } from '../../server-kit/leave-on-abort.ts';
import type { Pacer } from './pool/pace.ts';
import { openHop } from './open-hop.ts';
import { makePoolKey } from './pool/pool-key.ts';
import { findLimits } from './pool/session-limits.ts';
import type { PooledSession, SessionPool } from './pool/session-pool.ts';
import type { RefusedLogins } from './refused-logins.ts';
import { sendInSession } from './send-in-session.ts';
import { toResult, type Sent, type Shipment, type ShipmentResult } from './shipment.ts';
import { SessionError, readSmtpError, stoppedError } from './smtp-error.ts';
import { chooseTelling, summarise, type RefusedHost } from './summarise.ts';
import type { SessionTimeouts, SmtpSession } from './smtp-session.ts';

export interface TransportOptions {
  guard: EgressGuard;
  /** Our name in EHLO. */
  name: string;
  timeouts: SessionTimeouts;
  pool: SessionPool;
  pacer: Pacer;
  policies: PolicyFinder;
  refusedLogins: RefusedLogins;
}

/** So many recipients of one mail every host has to take (RFC 5321 4.5.3.1.8); the others go in the next transaction. */
const MOST_RECIPIENTS = 100;

/** Hosts that answer nothing cost ten minutes each: after so long no further one is asked in the same try. */
const ASK_OTHERS_FOR = 30 * MINUTE;

/**
 * Tries the hosts of a hop in order until each recipient is taken or refused by one that had time for it, and tells what
 * became of each (RFC 5321 5.1). Throws SessionError only when stopped by `signal` before anything was sent; everything else is a
 * result, and recipients without one were not tried.
 */
export async function sendByHop(
  hop: NextHop,
  shipment: Shipment,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Map<string, ShipmentResult>> {
  const results = new Map<string, ShipmentResult>();
  for (let at = 0; at < shipment.to.length; at += MOST_RECIPIENTS) {
    const some = { ...shipment, to: shipment.to.slice(at, at + MOST_RECIPIENTS) };
    try {
      for (const [to, result] of await sendToFew(hop, some, options, signal)) results.set(to, result);
    } catch (error) {
      // What has left is told, or it would leave again.
      if (results.size === 0) throw error;
      return results;
    }
  }
  return results;
}

async function sendToFew(
  hop: NextHop,
  shipment: Shipment,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Map<string, ShipmentResult>> {
  const { requireTls, tlsOptional } = shipment;
  const way = hop.kind === 'smarthost' ? 'smarthost' : hop.guarded ? 'mx' : 'operator';
  const finding = way === 'mx' ? options.policies.find(domainOf(shipment.to[0] ?? '')) : null;
  const policy = finding === null ? null : await leaveOnAbort(finding, signal, stoppedError);
  const refused: RefusedHost[] = [];
  const results = new Map<string, ShipmentResult>();
  let open = shipment.to;
  const begun = performance.now();
  for (const host of hop.hosts) {
    if (performance.now() - begun > ASK_OTHERS_FOR) break;
    const decision = decideTls({ way, tls: hop.tls, host, policy, requireTls, tlsOptional });
    if (decision.kind === 'refuse') {
      refused.push({ refusal: decision.refusal, host });
      continue;
    }
    const { tls, announced, because } = decision;
    try {
      const part = { ...shipment, to: open, requireTls: announced };
      const sent = await sendToHost({ ...hop, tls }, host, part, options, signal);
      for (const [to, result] of sent.results) results.set(to, chooseTelling(results.get(to), result));
      open = sent.elsewhere;
    } catch (error) {
      if (signal.aborted) return keepDecided(results, open, error);
      refused.push({ refusal: explainDemand(readSmtpError(error), because), host });
    }
    if (open.length === 0) break;
  }
  if (results.size > 0) return results;
  const { refusal, host } = summarise(hop, refused);
  return new Map(shipment.to.map((to) => [to, toResult(refusal, host, null)]));
}

/** We stop while another host is asked: who waits for it was not tried, and what is decided is told. Throws when nothing is. */
function keepDecided(
  results: ReadonlyMap<string, ShipmentResult>,
  open: readonly string[],
  error: unknown,
): Map<string, ShipmentResult> {
  const decided = new Map([...results].filter(([to]) => !open.includes(to)));
  if (decided.size === 0) throw stoppedError(error);
  return decided;
}

/** Over a session that is open already, or else a new one. Throws what `openSession` does. */
async function sendToHost(
  hop: NextHop,
  host: string,
  shipment: Shipment,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Sent> {
  const { port, tls, login } = hop;
  const key = makePoolKey({ host, port, tls, login }, shipment.owner);
  const limits = findLimits(host);
  const open = async (): Promise<SmtpSession> => {
    // A new password or token: what another one opened is not used again.
    const { account } = shipment.owner ?? {};
    if (account !== undefined) {
      options.pool.closeWhere((known) => known.account === account && known.text !== key.text);
    }
    return await options.refusedLogins.open(
      key,
      login,
      async () => await openHop(hop, host, options, signal),
      signal,
    );
  };
  const take = async (fresh: boolean): Promise<PooledSession> =>
    await options.pool.take(key, { open, limits, signal, fresh });
  const send = async (pooled: PooledSession): Promise<Sent> => {
    try {
      return await sendInSession(pooled.session, host, shipment, signal);
    } finally {
      pooled.giveBack();
    }
  };
  options.refusedLogins.refuse(key);
  await options.pacer.wait(key.text, limits.perMinute, signal);
  const pooled = await take(false);
  if (shipment.requireTls && !pooled.session.extensions.has('REQUIRETLS')) {
    pooled.giveBack();
    throw new SessionError(refuseUnpromised());
  }
  const sent = await send(pooled);
  // It had died while it waited: nothing of this mail was heard, so this was no try.
  if (!pooled.isReused || !pooled.session.isUnheard) return sent;
  return await send(await take(true));
}
