import type { UsePage } from '../../common/shapes/health.ts';
import { formatTime } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import type { Reach } from '../group/reach.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { listUse } from './use-store.ts';

/** What each user within reach keeps, the most first, beside the quota that policy sets. */
export async function listUseOf(
  server: Pick<ProfileContext, 'db'>,
  reach: Reach,
  input: { limit: number; after: { bytes: number; user: string } | null },
): Promise<UsePage> {
  const { read } = server.db;
  const groups = reach.all ? null : reach.groups;
  const records = await listUse(read, groups, { after: input.after, limit: input.limit + 1 });
  const page = records.slice(0, input.limit);
  const users = await Promise.all(
    page.map(async ({ user, name, group_name, mails, bytes, at }) => ({
      id: user,
      name,
      group: group_name,
      mails,
      bytes,
      quota: (await readPolicy(read, user)).quotaBytes,
      at: formatTime(at),
    })),
  );
  const last = records.length > input.limit ? page.at(-1) : undefined;
  return { users, next: last === undefined ? null : { bytes: last.bytes, user: last.user } };
}
