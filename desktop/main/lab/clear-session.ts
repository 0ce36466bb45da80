import type { Session } from 'electron';
import type { Announcer } from '../notice/announcer.ts';
import type { ClipboardWatch } from './clipboard-watch.ts';
import { describeError, writeLog } from '../log.ts';
import type { TokenFile } from '../settings/token-file.ts';

export interface Traces {
  session: Session;
  tokens: TokenFile;
  announcer: Announcer;
  /** Watched only in lab mode. */
  clipboard: ClipboardWatch | null;
}

/** Removes what a session left on this computer. False when something could not be removed; all the rest is removed all the same. */
export async function clearTraces({ session, tokens, announcer, clipboard }: Traces): Promise<boolean> {
  const steps: [string, () => Promise<void>][] = [
    ['connections', () => session.closeAllConnections()],
    ['storage', () => session.clearData()],
    ['sign-in data', () => session.clearAuthCache()],
    ['host names', () => session.clearHostResolverCache()],
    ['code caches', () => session.clearCodeCaches({})],
    ['clipboard', async () => await clipboard?.clear()],
    ['notifications', async () => announcer.clear()],
    [
      'token',
      async () => {
        if (!tokens.forget()) throw new Error('the file is still there');
      },
    ],
  ];
  let clean = true;
  for (const [what, clear] of steps) {
    try {
      await clear();
    } catch (error) {
      clean = false;
      writeLog('not-cleared', { what, error: describeError(error) });
    }
  }
  return clean;
}
