import type { Socket } from 'node:net';
import type { NextHop } from '../route/next-hop.ts';
import { connectDirectly } from './connect-directly.ts';
import type { TransportOptions } from './send-by-hop.ts';
import { SessionError } from './smtp-error.ts';
import { openSession, type SmtpSession } from './smtp-session.ts';

/**
 * Opportunistic TLS that breaks is given up for this session, as other relays do; asked-for TLS never is. A host that
 * then takes nothing in the clear has refused because of the TLS that broke: that may pass.
 */
export async function openHop(
  hop: NextHop,
  host: string,
  options: Pick<TransportOptions, 'guard' | 'name' | 'timeouts'>,
  signal: AbortSignal,
): Promise<SmtpSession> {
  const { port, login, guarded } = hop;
  const speaker = hop.kind === 'mx' && guarded ? 'mx' : 'smarthost';
  const connectTo = async (): Promise<Socket> => {
    const timeoutMs = options.timeouts.connect;
    if (guarded) return await options.guard.connect(host, port, 'mail', { timeoutMs, signal });
    return await connectDirectly(host, port, timeoutMs, signal);
  };
  const how = { connect: connectTo, name: options.name, timeouts: options.timeouts, signal };
  try {
    return await openSession({ host, port, login, speaker, tls: hop.tls }, how);
  } catch (error) {
    const broken = error instanceof SessionError && !error.stopped && error.refusal.reason === 'tls';
    if (!broken || hop.tls !== 'opportunistic') throw error;
    const clear = { host, port, login, speaker, tls: 'none', brokenTls: error.refusal } as const;
    const session = await openSession(clear, how);
    // For this mail; the next one tries TLS again.
    session.retire();
    return session;
  }
}
