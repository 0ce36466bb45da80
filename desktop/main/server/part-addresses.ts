import type { Session } from 'electron';
import { readConnectSources } from './connect-sources.ts';

const PATIENCE = 5000;

/**
 * The other servers behind a profile-server: those that the policy of its own web client names, so both clients talk to
 * the same ones. null when it does not answer.
 */
export async function askPartAddresses(session: Session, server: string): Promise<string[] | null> {
  try {
    const response = await session.fetch(`${server}/`, {
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.body?.cancel();
    if (!response.ok) return null;
    return readConnectSources(response.headers.get('content-security-policy') ?? '');
  } catch {
    return null;
  }
}
