import { type Socket, connect } from 'node:net';
import { MailError } from '../../common/errors.ts';
import type { Millis } from '../../common/time.ts';

/** For the operator's own smarthost: named in the settings, so there is nothing to guard. MailError `timeout` or `connect-refused`. */
export async function connectDirectly(
  host: string,
  port: number,
  timeoutMs: Millis,
  signal: AbortSignal,
): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal, noDelay: true });
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
