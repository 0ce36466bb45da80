import { formatTime } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { nameActors } from '../user/name-of.ts';
import { findUser } from '../user/user-store.ts';
import { listWaitingResets } from './reset-store.ts';

export interface WaitingReset {
  user: { id: string; name: string };
  how: 'mail' | 'hand' | 'self';
  alsoFactors: boolean;
  by: string;
  madeAt: string;
  expiresAt: string;
}

/** The resets that wait for a second admin, of users whose group counts. */
export async function listResets(
  server: ProfileContext,
  counts: (group: string | null) => boolean,
): Promise<WaitingReset[]> {
  const { read } = server.db;
  const waiting = await listWaitingResets(read, server.clock.now());
  const names = await nameActors(
    read,
    waiting.map(({ made_by }) => made_by),
  );
  const resets: WaitingReset[] = [];
  for (const reset of waiting) {
    const user = await findUser(read, reset.user);
    if (user === undefined || !counts(user.group_id)) continue;
    resets.push({
      user: { id: user.id, name: user.name },
      how: reset.how,
      alsoFactors: reset.also_factors === 1,
      by: names.get(reset.made_by) ?? reset.made_by,
      madeAt: formatTime(reset.made_at),
      expiresAt: formatTime(reset.expires_at),
    });
  }
  return resets;
}
