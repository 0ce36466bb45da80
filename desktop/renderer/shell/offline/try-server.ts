import { queries } from '../../mail/cache/mail-cache.ts';
import { lostStore } from '../../session/reach.ts';

/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 8000;

/** Asks the lost server whether it is there; when it is, everything on the screen that waited for it is read at once. */
export async function tryServer(): Promise<void> {
  const url = lostStore.get();
  if (url === null) return;
  try {
    // Any answer will do, also one that another origin may not read.
    await fetch(`${url}/health`, {
      mode: 'no-cors',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return;
  }
  lostStore.set(null);
  await queries.refetchQueries({
    type: 'active',
    predicate: ({ state }) => state.status !== 'success' || state.fetchStatus !== 'idle',
  });
}
