import type { Home } from '../../home/home.ts';

/** Bytes that a user may hold: the smaller of what this server gives each and what the organisation's policy says; null: no limit. */
export async function chooseQuota(
  core: { quota?: number | null; home: Pick<Home, 'readPollFacts'> },
  user: string,
): Promise<number | null> {
  const { quotaBytes } = await core.home.readPollFacts(user);
  const limits = [core.quota ?? null, quotaBytes].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}
