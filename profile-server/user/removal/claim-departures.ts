import { awaitNews } from '../../await-news.ts';
import type { ProfileContext } from '../../context.ts';
import { listDepartures, removeDeparture } from './departure-store.ts';

const AT_ONCE = 20;

/** Users of this home that are gone for good. First forgets those of which it has thrown away everything, `done`; waits at most 25 s. */
export async function claimDepartures(
  server: ProfileContext,
  home: string,
  input: { done: readonly string[]; wait: boolean },
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { db } = server;
  if (input.done.length > 0) {
    await db.write(async (tx) => {
      for (const user of input.done) await removeDeparture(tx, user, home);
    });
  }
  return await awaitNews(server, {
    topic: 'departure',
    read: async () => await listDepartures(db.read, home, AT_ONCE),
    isNews: (users) => users.length > 0,
    wait: input.wait,
    signal,
  });
}
