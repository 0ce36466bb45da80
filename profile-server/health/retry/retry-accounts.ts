import type { ProfileContext } from '../../context.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { Reach } from '../../group/reach.ts';
import { takeRevision, touchItem } from '../../profile/profile-store.ts';
import { tellUser } from '../../profile/tell-user.ts';
import { tellSchedule } from '../../schedule/tell-schedule.ts';
import { decideRetry } from './retry-rule.ts';
import { listTroubled, saveRetry } from './retry-store.ts';

const AT_ONCE = 200;

export interface RetryWish {
  /** Null means all of the hosts. */
  accounts: readonly string[] | null;
  hosts: readonly string[] | null;
  /** Also those whose password was refused. */
  refused: boolean;
}

/** Makes accounts that fail due now, within reach; the schedule still asks each host no more than it can bear. */
export async function retryAccounts(
  server: ProfileContext,
  admin: { id: string; reach: Reach },
  wish: RetryWish,
): Promise<{ accounts: number }> {
  const groups = admin.reach.all ? null : admin.reach.groups;
  const { hosts, accounts } = wish;
  let after = '';
  let changed = 0;
  for (;;) {
    const told = new Set<string>();
    const found = await server.db.write(async (tx) => {
      const now = server.clock.now();
      const some = await listTroubled(tx, { groups, hosts, accounts }, { after, limit: AT_ONCE });
      told.clear();
      let counted = 0;
      for (const poll of some) {
        const timing = decideRetry(poll, wish.refused, now);
        if (timing === null) continue;
        counted += 1;
        await saveRetry(tx, poll.account, timing);
        // Only then clients show another state: not for a next try that comes sooner.
        if (poll.needs_sign_in === timing.needs_sign_in) continue;
        await touchItem(tx, poll.user, 'accounts', poll.account, await takeRevision(tx, poll.user));
        told.add(poll.user);
      }
      return { some, counted };
    });
    for (const user of told) tellUser(server, user);
    changed += found.counted;
    if (found.some.length < AT_ONCE) break;
    after = found.some.at(-1)?.account ?? '';
  }
  const subject = hosts?.[0] ?? accounts?.[0] ?? '';
  const detail = { accounts: changed, refused: wish.refused ? 1 : 0, place: (hosts ?? []).join(' ') };
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    await appendAudit(tx, {
      at,
      actor: admin.id,
      action: 'health.retry',
      subject: subject.slice(0, 64),
      detail,
    });
  });
  if (changed > 0) tellSchedule(server);
  return { accounts: changed };
}
