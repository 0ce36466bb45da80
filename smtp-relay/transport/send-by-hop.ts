import { type Socket, connect } from 'node:net';
import type { Readable } from 'node:stream';
import type { NextHop } from '../route/next-hop.ts';
import { hasUtf8LocalPart } from '../../common/envelope.ts';
import { MailError } from '../../common/errors.ts';
import { parseReply } from '../../common/enhanced-status.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { toAsciiAddress } from '../../server-kit/mail-domain.ts';
import { cutLine, type Reason, type Refusal } from './classify.ts';
import { SessionError, readSmtpError, stoppedError } from './smtp-error.ts';
import { openSession, type SessionTimeouts, type SmtpSession } from './smtp-session.ts';

/** A mail for one next hop. */
export interface Shipment {
  from: string;
  to: string[];
  size: number;
  eightBit: boolean;
  /** Opens the body anew for each host that is tried. */
  openBody: () => Readable;
}

/** What became of one recipient; `accepted` is the next host's 250. */
export interface ShipmentResult {
  state: 'accepted' | 'temporary' | 'permanent';
  host: string | null;
  tls: string | null;
  code: number | null;
  enhanced: string | null;
  reason: Reason | null;
  serverLine: string | null;
}

export interface TransportOptions {
  guard: EgressGuard;
  /** Our name in EHLO. */
  name: string;
  timeouts: SessionTimeouts;
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
  const refused: { refusal: Refusal; host: string }[] = [];
  for (const host of hop.hosts) {
    let session: SmtpSession;
    try {
      session = await openHop(hop, host, options, signal);
    } catch (error) {
      if (signal.aborted) throw stoppedError(error);
      refused.push({ refusal: readSmtpError(error, 'session'), host });
      continue;
    }
    try {
      return await sendInSession(session, host, shipment);
    } finally {
      session.close();
    }
  }
  const { refusal, host } = summarise(hop, refused);
  return new Map(shipment.to.map((to) => [to, toResult(refusal, host, null)]));
}

/** What is said when no host of the hop took up a session. */
function summarise(
  hop: NextHop,
  refused: readonly { refusal: Refusal; host: string }[],
): { refusal: Refusal; host: string } {
  // A host that was reached and said no tells more than one that was not.
  const one = refused.findLast(({ refusal }) => refusal.code !== null) ?? refused.at(-1);
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

/** For the operator's own smarthost: named in the settings, so there is nothing to guard. */
async function connectDirectly(
  host: string,
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    const timer = setTimeout(
      () => socket.destroy(new MailError('timeout', `${host} does not answer`)),
      timeoutMs,
    );
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (cause) => {
      clearTimeout(timer);
      reject(
        cause instanceof MailError ? cause : new MailError('connect-refused', `${host} refuses`, { cause }),
      );
    });
  });
}

async function sendInSession(
  session: SmtpSession,
  host: string,
  shipment: Shipment,
): Promise<Map<string, ShipmentResult>> {
  const results = new Map<string, ShipmentResult>();
  const wire = new Map<string, string>();
  for (const to of shipment.to) {
    const onWire = session.hasSmtpUtf8 ? to : toPlainAddress(to);
    if (onWire === null) results.set(to, toResult(utf8Refusal(), host, session.tls));
    else wire.set(to, onWire);
  }
  const from = session.hasSmtpUtf8 ? shipment.from : toPlainAddress(shipment.from);
  if (from === null) {
    return new Map(shipment.to.map((to) => [to, toResult(utf8Refusal(), host, session.tls)]));
  }
  if (wire.size === 0) return results;
  const envelope = { from, to: [...wire.values()], size: shipment.size, use8BitMime: shipment.eightBit };
  const replies = await session.send(envelope, shipment.openBody());
  for (const [to, onWire] of wire) {
    const reply = replies.get(onWire);
    if (reply === undefined) throw new Error('no result for a recipient');
    results.set(
      to,
      reply.accepted ? toAccepted(reply.line, host, session.tls) : toResult(reply.refusal, host, session.tls),
    );
  }
  return results;
}

/** For hosts without SMTPUTF8; null when the local part needs it. The null sender stays. */
function toPlainAddress(address: string): string | null {
  return hasUtf8LocalPart(address) ? null : toAsciiAddress(address);
}

function toAccepted(line: string, host: string, tls: string | null): ShipmentResult {
  const reply = parseReply(line);
  return {
    state: 'accepted',
    host,
    tls,
    code: reply?.code ?? 250,
    enhanced: reply?.enhanced ?? null,
    reason: null,
    serverLine: cutLine(line),
  };
}

function toResult(refusal: Refusal, host: string | null, tls: string | null): ShipmentResult {
  const { outcome, code, enhanced, reason, serverLine } = refusal;
  return { state: outcome, host, tls, code, enhanced, reason, serverLine };
}

/** RFC 6531 3.5: the next host cannot carry this address. */
function utf8Refusal(): Refusal {
  return {
    outcome: 'permanent',
    reason: 'recipient-refused/no-smtputf8',
    code: null,
    enhanced: '5.6.7',
    serverLine: null,
  };
}
