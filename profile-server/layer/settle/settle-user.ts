import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { tellUser } from '../../profile/tell-user.ts';
import { tellSchedule } from '../../schedule/tell-schedule.ts';
import { chooseWishes, type Wish } from './choose-wishes.ts';
import { listGiven } from '../layer-store.ts';
import { settleAccount, settleFurtherIdentity, withdrawAccount } from './settle-account.ts';
import { settleItem, withdrawItem } from './settle-items.ts';
import { settlePolicy } from './settle-policy.ts';
import { Settling } from './settling.ts';
import { isUnsettled, takeUnsettled } from '../unsettled-store.ts';

/** Accounts before what belongs to them. */
const ORDER: readonly Wish['part'][] = ['preferences', 'templates', 'accounts', 'identities', 'rules'];

export interface Settled {
  user: string;
  changed: boolean;
  polls: boolean;
}

/**
 * Gives users what organisation and group give now, takes what they give no more, and holds their accounts against the
 * policy. It may be repeated: what stands as it should is not written. Users whom another process has taken are left out.
 */
export async function settleWithin(
  server: ProfileContext,
  tx: Writer,
  users: readonly string[],
): Promise<Settled[]> {
  const taken: string[] = [];
  // All of them first: whoever changes a layer from here on marks them again after us, and what was changed is read below.
  for (const user of users) if (await takeUnsettled(tx, user)) taken.push(user);
  const given = new Map<string | null, Wish[]>();
  const settled: Settled[] = [];
  for (const user of taken) {
    const settling = await Settling.open(server, tx, user);
    if (settling === null) continue;
    const { group } = settling;
    const wishes = given.get(group) ?? chooseWishes(await listGiven(tx, group));
    given.set(group, wishes);
    await settleUser(settling, wishes);
    settled.push({ user, changed: settling.changed, polls: settling.polls });
  }
  return settled;
}

async function settleUser(settling: Settling, wishes: readonly Wish[]): Promise<void> {
  const wished = new Set(wishes.map(({ item }) => item));
  for (const part of ORDER) {
    for (const wish of wishes.filter((one) => one.part === part)) await settleWish(settling, wish, wished);
  }
  const isGone = (copy: { item: string }): boolean => !wished.has(copy.item);
  for (const copy of settling.copies.filter((one) => isGone(one) && one.part !== 'accounts')) {
    await withdrawItem(settling, copy);
  }
  for (const copy of settling.copies.filter(isGone)) await withdrawAccount(settling, copy);
  await settlePolicy(settling);
}

/** After the commit. */
export function tellSettled(server: ProfileContext, settled: readonly Settled[]): void {
  for (const { user, changed } of settled) if (changed) tellUser(server, user);
  if (settled.some(({ polls }) => polls)) tellSchedule(server);
}

/** At sign-in: who comes for the first time finds everything there. */
export async function settleBeforeSignIn(server: ProfileContext, user: string): Promise<void> {
  if (!(await isUnsettled(server.db.read, user))) return;
  const settled = await server.db.write(async (tx) => await settleWithin(server, tx, [user]));
  tellSettled(server, settled);
}

async function settleWish(settling: Settling, wish: Wish, wished: ReadonlySet<string>): Promise<void> {
  if (wish.part === 'accounts') await settleAccount(settling, wish, wished);
  else if (wish.part === 'identities') await settleFurtherIdentity(settling, wish);
  else await settleItem(settling, wish);
}
