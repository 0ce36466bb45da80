import { createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from 'node:tls';

/** Hosts whose last TLS session is kept: one takes a few KiB. */
const MOST = 1000;
/** A certificate that expired or a key that was replaced is noticed at the latest after this. */
const LONGEST_MS = 60 * 60_000;

let authorities: readonly string[] = [];
let context: SecureContext | null = null;
const sessions = new Map<string, { session: Buffer; since: number }>();

/** One context for all connections: making it reads every authority and costs more than a handshake. Made anew when the process trusts others. */
export function shareContext(): SecureContext {
  const now = getCACertificates('default');
  if (context === null || now !== authorities) {
    context = createSecureContext({ minVersion: 'TLSv1.2' });
    authorities = now;
    sessions.clear();
  }
  return context;
}

/**
 * The session to resume with a server, by name and port; it was verified in full when it began, and resuming saves both sides the
 * certificate. Not older than an hour since then.
 */
export function findSession(server: string): Buffer | null {
  const kept = sessions.get(server);
  if (kept === undefined) return null;
  if (performance.now() - kept.since < LONGEST_MS) return kept.session;
  sessions.delete(server);
  return null;
}

/** Keeps what the server hands out for next time; only of a connection that was verified. */
export function keepSessions(server: string, socket: TLSSocket): void {
  const since = (socket.isSessionReused() ? sessions.get(server)?.since : null) ?? performance.now();
  socket.on('session', (session: Buffer) => {
    sessions.delete(server);
    sessions.set(server, { session, since });
    if (sessions.size > MOST) sessions.delete(sessions.keys().next().value!);
  });
}
