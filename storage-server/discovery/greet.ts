import type { Socket } from 'node:net';
import { MailError } from '../../common/errors.ts';
import type { ProviderServer } from '../../common/providers/provider.ts';
import { SECOND } from '../../common/time.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { readCallError } from '../../server-kit/service-client.ts';
import { DEFAULT_LIMITS } from '../pop3/limits.ts';
import { openConnection } from '../pop3/open.ts';
import { stopWaiting } from './stop-waiting.ts';

const LIMITS = { ...DEFAULT_LIMITS, connectMs: 4 * SECOND, idleMs: 4 * SECOND };

/**
 * Connects, agrees TLS with a certificate that is good for the name, reads the greeting and asks CAPA; then leaves. Nothing
 * secret is sent. Null when all of that went well, else the MailError.
 */
export async function greet(
  egress: EgressGuard,
  { host, port, tls }: ProviderServer,
  signal: AbortSignal,
): Promise<MailError | null> {
  try {
    const connect = async (until: AbortSignal): Promise<Socket> => {
      const options = { timeoutMs: LIMITS.connectMs, signal: until };
      return await stopWaiting(egress.connect(host, port, 'mail', options), until);
    };
    const { wire } = await openConnection({ host, tls, connect, limits: LIMITS, signal });
    await wire.ask('QUIT').catch(() => undefined);
    wire.fail(new MailError('unavailable', 'the connection was closed', { reason: 'cancelled' }));
    return null;
  } catch (error) {
    return readCallError(error);
  }
}
