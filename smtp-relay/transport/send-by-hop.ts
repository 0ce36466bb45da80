import type { Socket } from 'node:net';
import type { NextHop } from '../route/next-hop.ts';
import { domainOf } from '../route/destination.ts';
import { decideTls, explainDemand, refuseUnpromised } from '../tls-policy/decide-tls.ts';
import type { PolicyFinder } from '../tls-policy/policy-finder.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import type { Refusal } from '../reply/classify.ts';
import type { Reason } from '../reply/reply-class.ts';
import { connectDirectly } from './connect-directly.ts';
import type { Pacer } from './pool/pace.ts';
import { makePoolKey } from './pool/pool-key.ts';
import { findLimits } from './pool/session-limits.ts';
import type { PooledSession, SessionPool } from './pool/session-pool.ts';
import { sendInSession } from './send-in-session.ts';
import { toResult, type Shipment, type ShipmentResult } from './shipment.ts';
import { SessionError, readSmtpError, stoppedError } from './smtp-error.ts';
import { openSession, type SessionTimeouts, type SmtpSession } from './smtp-session.ts';

export interface TransportOptions {
  guard: EgressGuard;
  /** Our name in EHLO. */
  name: string;
  timeouts: SessionTimeouts;
  pool: SessionPool;
  pacer: Pacer;
  policies: PolicyFinder;
}

/**
 * Tries the hosts of a hop in order until one takes up a session, sends, and tells what became of
 * each recipient. Throws SessionError only when stopped by `signal`; everything else is a result.
 */
export async function sendByHop(
  hop: NextHop,
  shipment: Shipment,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Map<string, ShipmentResult>> {
  const { requireTls, tlsOptional } = shipment;
  const way = hop.kind === 'smarthost' ? 'smarthost' : hop.guarded ? 'mx' : 'operator';
  const policy = way === 'mx' ? await options.policies.find(domainOf(shipment.to[0] ?? '')) : null;
  const refused: { refusal: Refusal; host: string }[] = [];
  for (const host of hop.hosts) {
    const decision = decideTls({ way, tls: hop.tls, host, policy, requireTls, tlsOptional });
    if (decision.kind === 'refuse') {
      refused.push({ refusal: decision.refusal, host });
      continue;
    }
    const { tls, announced, because } = decision;
    try {
      return await sendToHost({ ...hop, tls }, host, { ...shipment, requireTls: announced }, options, signal);
    } catch (error) {
      if (signal.aborted) throw stoppedError(error);
      refused.push({ refusal: explainDemand(readSmtpError(error), because), host });
    }
  }
  const { refusal, host } = summarise(hop, refused);
  return new Map(shipment.to.map((to) => [to, toResult(refusal, host, null)]));
}

/** Over a session that is open already, or else a new one. Throws what `openSession` does. */
async function sendToHost(
  hop: NextHop,
  host: string,
  shipment: Shipment,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Map<string, ShipmentResult>> {
  const { port, tls, login } = hop;
  const key = makePoolKey({ host, port, tls, login }, shipment.owner);
  const limits = findLimits(host);
  const open = async (): Promise<SmtpSession> => {
    // A new password or token: what another one opened is not used again.
    const { account } = shipment.owner ?? {};
    if (account !== undefined) {
      options.pool.closeWhere((known) => known.account === account && known.text !== key.text);
    }
    return await openHop(hop, host, options, signal);
  };
  const take = async (fresh: boolean): Promise<PooledSession> =>
    await options.pool.take(key, { open, limits, signal, fresh });
  const send = async (pooled: PooledSession): Promise<Map<string, ShipmentResult>> => {
    try {
      return await sendInSession(pooled.session, host, shipment, signal);
    } finally {
      pooled.giveBack();
    }
  };
  await options.pacer.wait(key.text, limits.perMinute, signal);
  const pooled = await take(false);
  if (shipment.requireTls && !pooled.session.extensions.has('REQUIRETLS')) {
    pooled.giveBack();
    throw new SessionError(refuseUnpromised());
  }
  const results = await send(pooled);
  // It had died while it waited: nothing of this mail was heard, so this was no try.
  if (!pooled.isReused || !pooled.session.isUnheard) return results;
  return await send(await take(true));
}

/** What is said when no host of the hop took up a session. */
function summarise(
  hop: NextHop,
  refused: readonly { refusal: Refusal; host: string }[],
): { refusal: Refusal; host: string } {
  // While one of them may still take it, it is not refused for good.
  const open = refused.filter(({ refusal }) => refusal.outcome === 'temporary');
  const telling = open.length > 0 ? open : refused;
  // A host that was reached and said no tells more than one that was not.
  const one = telling.findLast(({ refusal }) => refusal.code !== null) ?? telling.at(-1);
  if (one === undefined) throw new Error('a hop without a host');
  // Whoever publishes MX hosts that do not exist or are private will not mend it for us; a smarthost
  // in an account can be mended by the user, or by the operator's allowed networks.
  const hopeless = (reason: Reason): boolean =>
    reason === 'host-not-allowed' || reason === 'dns/unknown-host';
  const final = hop.kind === 'mx' && hop.guarded && refused.every(({ refusal }) => hopeless(refusal.reason));
  return final ? { ...one, refusal: { ...one.refusal, outcome: 'permanent', enhanced: '5.4.4' } } : one;
}

/** Opportunistic TLS that breaks is given up for this session, as other relays do; asked-for TLS never is. */
async function openHop(
  hop: NextHop,
  host: string,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<SmtpSession> {
  const { port, login, guarded } = hop;
  const connectTo = async (): Promise<Socket> => {
    const timeoutMs = options.timeouts.connect;
    if (guarded) return await options.guard.connect(host, port, 'mail', { timeoutMs, signal });
    return await connectDirectly(host, port, timeoutMs, signal);
  };
  const how = { connect: connectTo, name: options.name, timeouts: options.timeouts, signal };
  try {
    return await openSession({ host, port, login, tls: hop.tls }, how);
  } catch (error) {
    const broken = error instanceof SessionError && !error.stopped && error.refusal.reason === 'tls';
    if (!broken || hop.tls !== 'opportunistic') throw error;
    return await openSession({ host, port, login, tls: 'none' }, how);
  }
}
