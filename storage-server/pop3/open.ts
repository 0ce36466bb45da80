import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { MailError } from '../../common/errors.ts';
import type { TlsMode } from '../../common/shapes/account.ts';
import { askCapabilities, type Capabilities } from './capabilities.ts';
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
}

export interface Opened {
  wire: Wire;
  capabilities: Capabilities;
  greeting: Reply;
  /** Protocol version such as `TLSv1.3`, null in the clear. */
  tls: string | null;
}

/** Connects, agrees TLS as `tls` demands (never less), and asks what the server can. Nothing secret has been sent yet. */
export async function openConnection(opening: Opening): Promise<Opened> {
  const { host, limits, signal } = opening;
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
    const first = await askCapabilities(plain, limits);
    if (opening.tls !== 'starttls') {
      return { wire: plain, capabilities: first, greeting, tls: readVersion(socket) };
    }
    if (first.answered && !first.stls) {
      throw new MailError('tls', 'the server offers no STLS', {
        reason: 'starttls-not-offered',
        temporary: false,
      });
    }
    const reply = await plain.ask('STLS', null, true);
    if (reply.kind !== 'ok') {
      throw new MailError('tls', 'STLS was refused', { reason: 'starttls-refused', serverLine: reply.line });
    }
    const secured = await secure(socket, host, limits.connectMs, signal);
    const wire = new Wire(secured, limits);
    failOnAbort(wire, signal);
    return { wire, capabilities: await askCapabilities(wire, limits), greeting, tls: readVersion(secured) };
  } catch (error) {
    const known = explainSocketError(error, 'session');
    plain.fail(known);
    throw known;
  } finally {
    if (opening.tls === 'starttls') stop();
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
