import type { Writer } from '../../server-kit/database/database.ts';
import { tellAccounts } from '../account/tell-accounts.ts';
import type { ProfileContext } from '../context.ts';
import { tellUser } from '../profile/tell-user.ts';
import { tellSchedule } from '../schedule/tell-schedule.ts';
import { chooseWishes, type Wish } from './choose-wishes.ts';
import { listGiven } from './layer-store.ts';
import { settleAccount, settleFurtherIdentity, withdrawAccount } from './settle-account.ts';
import { settleItem, withdrawItem } from './settle-items.ts';
import { settlePolicy } from './settle-policy.ts';
import { Settling } from './settling.ts';
import { isUnsettled, takeUnsettled } from './unsettled-store.ts';

/** Accounts before what belongs to them. */
const ORDER: readonly Wish['part'][] = ['preferences', 'templates', 'accounts', 'identities', 'rules'];

export interface Settled {
  user: string;
  changed: boolean;
  polls: boolean;
}

/**
 * Gives a user what organisation and group give now, takes what they give no more, and holds his accounts against the
 * policy. It may be repeated: what stands as it should is not written. Null when nothing was to do, or another process
 * does it.
 */
export async function settleUser(server: ProfileContext, tx: Writer, user: string): Promise<Settled | null> {
  if (!(await takeUnsettled(tx, user))) return null;
  const settling = await Settling.open(server, tx, user);
  if (settling === null) return null;
  const wishes = chooseWishes(await listGiven(tx, settling.group));
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
  return { user, changed: settling.changed, polls: settling.polls };
}

/** After the commit. */
export function tellSettled(server: ProfileContext, settled: readonly Settled[]): void {
  for (const { user, changed } of settled) if (changed) tellUser(server, user);
  if (settled.some(({ polls }) => polls)) tellSchedule(server);
}

/** At sign-in: who comes for the first time finds everything there. */
export async function settleBeforeSignIn(server: ProfileContext, user: string): Promise<void> {
  if (!(await isUnsettled(server.db.read, user))) return;
  const settled = await server.db.write(async (tx) => await settleUser(server, tx, user));
  if (settled?.polls === true) tellAccounts(server, user);
}

async function settleWish(settling: Settling, wish: Wish, wished: ReadonlySet<string>): Promise<void> {
  if (wish.part === 'accounts') await settleAccount(settling, wish, wished);
  else if (wish.part === 'identities') await settleFurtherIdentity(settling, wish);
  else await settleItem(settling, wish);
}
