import type { Servers } from './servers.ts';

/** How long until a profile-server that did not answer is asked again for the others, in milliseconds. */
const ASK_AGAIN = 15_000;

/**
 * Waits for the other servers' addresses where none are known; else, and when nobody answers, the page begins without.
 * `onChanged`: other addresses came later, and a page's policy is that of its load.
 */
export async function prepareServers(servers: Servers, onChanged: () => void): Promise<void> {
  const refresh = async (): Promise<void> => {
    const { known, changed } = await servers.refresh();
    if (changed) onChanged();
    if (!known) setTimeout(() => void refresh(), ASK_AGAIN).unref();
  };
  const asked = refresh();
  if (!servers.isComplete) await asked;
}
