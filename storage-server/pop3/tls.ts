import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { MailError } from '../../common/errors.ts';
import { explainSocketError } from './socket-errors.ts';
import { findSession, keepSessions, shareContext } from './tls-sessions.ts';

/** TLS over a connected socket. Chain and name are verified against `host` by Node's authorities (NODE_EXTRA_CA_CERTS counts). */
export async function secure(
  socket: Socket,
  host: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return await new Promise((resolve, reject) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const server = `${host} ${socket.remotePort}`;
    const secureContext = shareContext();
    const session = findSession(server);
    const secured = connect({
      socket,
      host,
      ...servername,
      secureContext,
      ...(session === null ? {} : { session }),
    });
    const fail = (error: unknown): void => {
      settle();
      secured.on('error', () => secured.destroy());
      secured.destroy();
      socket.destroy();
      reject(explainSocketError(error, 'handshake'));
    };
    const timer = setTimeout(
      () => fail(new MailError('timeout', 'no TLS handshake', { reason: 'handshake' })),
      timeoutMs,
    );
    const abort = (): void => fail(signal.reason);
    const end = (): void =>
      fail(new MailError('tls', 'closed in the TLS handshake', { reason: 'handshake' }));
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      secured.off('error', fail).off('end', end).off('close', end).off('secureConnect', succeed);
    };
    const succeed = (): void => {
      settle();
      keepSessions(server, secured);
      resolve(secured);
    };
    secured.on('error', fail).on('end', end).on('close', end).on('secureConnect', succeed);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}
