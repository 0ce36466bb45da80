import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { MailError } from '../../common/errors.ts';
import type { TlsMode } from '../../common/shapes/account.ts';
import { askCapabilities, type Capabilities } from './capabilities.ts';
import { startLearning, type KnownServer, type Learned, type Lockstep } from './known-server.ts';
import type { Limits } from './limits.ts';
import { explainRefusal, type Reply } from './reply.ts';
import { explainSocketError } from './socket-errors.ts';
import { secure } from './tls.ts';
import { Wire } from './wire.ts';

export interface Opening {
  host: string;
  tls: TlsMode;
  /** A TCP connection to the maildrop's host: the egress guard's. */
  connect(signal: AbortSignal): Promise<Socket>;
  limits: Limits;
  signal: AbortSignal;
  known?: KnownServer | null;
  /** Filled in. */
  learned?: Learned;
}

export interface Opened {
  wire: Wire;
  limits: Limits;
  capabilities: Capabilities;
  /** `capabilities` are from an earlier session. */
  remembered: boolean;
  lockstep: Lockstep;
  learned: Learned;
  greeting: Reply;
  /** Protocol version such as `TLSv1.3`, null in the clear. */
  tls: string | null;
}

/** Whether commands may be sent before the replies to those before. */
export function mayPipeline({ capabilities, lockstep }: Opened): boolean {
  return capabilities.pipelining && lockstep !== 'all';
}

/**
 * Connects, agrees TLS as `tls` demands (never less), and asks what the server can, unless that is known. Nothing secret has been sent yet.
 * After STLS nothing counts that was said before it (RFC 2595 section 4): what is known is what an earlier session heard behind TLS.
 */
export async function openConnection(opening: Opening): Promise<Opened> {
  const { host, limits, signal, known = null } = opening;
  let socket: Socket;
  try {
    socket = await opening.connect(signal);
  } catch (error) {
    throw explainSocketError(signal.aborted ? signal.reason : error, 'connect');
  }
  if (opening.tls === 'implicit') socket = await secure(socket, host, limits.connectMs, signal);
  socket.setNoDelay(true);
  const plain = new Wire(socket, limits);
  const stop = failOnAbort(plain, signal);
  try {
    const greeting = await readGreeting(plain, limits);
    if (opening.tls !== 'starttls') return await look(opening, plain, greeting, readVersion(socket));
    if (known === null || known.capabilities === null) await demandStls(plain, limits);
    const reply = await plain.ask('STLS', null, true);
    if (reply.kind !== 'ok') {
      throw new MailError('tls', 'STLS was refused', { reason: 'starttls-refused', serverLine: reply.line });
    }
    const secured = await secure(socket, host, limits.connectMs, signal);
    const wire = new Wire(secured, limits);
    failOnAbort(wire, signal);
    return await look(opening, wire, greeting, readVersion(secured));
  } catch (error) {
    const known = explainSocketError(error, 'session');
    plain.fail(known);
    throw known;
  } finally {
    if (opening.tls === 'starttls') stop();
  }
}

/** A server that knows CAPA and does not offer STLS is told apart from one that refuses it. */
async function demandStls(wire: Wire, limits: Limits): Promise<void> {
  const { answered, stls } = await askCapabilities(wire, limits);
  if (!answered || stls) return;
  throw new MailError('tls', 'the server offers no STLS', {
    reason: 'starttls-not-offered',
    temporary: false,
  });
}

async function look(opening: Opening, wire: Wire, greeting: Reply, tls: string | null): Promise<Opened> {
  const { limits, known = null, learned = startLearning() } = opening;
  learned.traffic = wire.traffic;
  const remembered = known?.capabilities ?? null;
  const capabilities = remembered ?? (learned.capabilities = await askCapabilities(wire, limits));
  const lockstep = known?.lockstep ?? 'no';
  return { wire, limits, capabilities, remembered: remembered !== null, lockstep, learned, greeting, tls };
}

/** Asks again what the server can: what an earlier session heard does not fit. False when it does not answer. */
export async function lookAgain(opened: Opened): Promise<boolean> {
  opened.learned.stale = true;
  opened.remembered = false;
  try {
    opened.capabilities = opened.learned.capabilities = await askCapabilities(opened.wire, opened.limits);
    return true;
  } catch {
    return false;
  }
}

/** The greeting has its own, shorter time: a host that takes connections and says nothing is the commonest trouble. */
async function readGreeting(wire: Wire, limits: Limits): Promise<Reply> {
  const timer = setTimeout(() => {
    wire.fail(new MailError('timeout', 'no greeting', { reason: 'greeting' }));
  }, limits.connectMs);
  try {
    const greeting = await wire.ask(null);
    if (greeting.kind === 'ok') return greeting;
    throw explainRefusal(greeting, 'greeting');
  } finally {
    clearTimeout(timer);
  }
}

function failOnAbort(wire: Wire, signal: AbortSignal): () => void {
  const abort = (): void => wire.fail(explainAbort(signal.reason));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return () => signal.removeEventListener('abort', abort);
}

function explainAbort(reason: unknown): MailError {
  if (reason instanceof MailError) return reason;
  return new MailError('unavailable', 'the session was cancelled', { reason: 'cancelled', cause: reason });
}

function readVersion(socket: Socket): string | null {
  return socket instanceof TLSSocket ? socket.getProtocol() : null;
}
