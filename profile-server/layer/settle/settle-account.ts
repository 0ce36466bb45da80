import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import { isSame } from '../../../common/profile/merge-values.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import { ORGANISATION, type LayerAccount, type LayerIdentity } from '../../../common/shapes/layer.ts';
import { checkSettings, nameMaildrop } from '../../account/rule/account-rule.ts';
import { listStoredAccounts, readStored, writeStored } from '../../account/account-store.ts';
import { dropAccount, listIdentitiesOf } from '../../account/change/drop-account.ts';
import { deletesMore } from '../../account/rule/retention-rule.ts';
import { ITEM_PREFIX } from '../../profile/item/item-prefix.ts';
import { addGivenPolls, moveGivenPolls } from './account-polls.ts';
import type { Wish } from './choose-wishes.ts';
import type { CopyRecord } from '../copy-store.ts';
import { expandAccount, expandIdentity, type ExpandedIdentity } from '../expand-item.ts';
import { mergeGiven } from './merge-given.ts';
import { LAYER_SESSION } from '../layer-session.ts';
import { settlePlain } from './settle-items.ts';
import type { Settling } from './settling.ts';

/**
 * An account of a layer becomes the user's, with its identity: without a password until he gives one. One of his own on
 * the same maildrop takes its place, and keeps what it has.
 */
export async function settleAccount(
  settling: Settling,
  wish: Wish,
  wished: ReadonlySet<string>,
): Promise<void> {
  const expanded = tryExpand(settling, wish);
  if (expanded === null) return;
  const { settings, identity } = expanded;
  const { tx, user, server } = settling;
  const copy = settling.findCopy('accounts', wish.item);
  const known = await listStoredAccounts(tx, user);
  const taken = (id: string): boolean =>
    settling.copies.some((one) => one.part === 'accounts' && one.id === id && wished.has(one.item));
  const maildrop = nameMaildrop(settings.pop3);
  const there = known.find((one) => !taken(one.id) && nameMaildrop(one.settings.pop3) === maildrop);
  const id = copy?.id ?? there?.id ?? makeId(ITEM_PREFIX.accounts ?? 'acc', server.random);
  const before = known.find((one) => one.id === id);
  const stale = settling.copies.find((one) => one.part === 'accounts' && one.id === id && one !== copy);
  const merged = mergeGiven({
    current: before?.settings ?? null,
    applied:
      copy === undefined && stale === undefined ? undefined : JSON.parse((copy ?? stale)?.applied ?? 'null'),
    wished: settings,
    locked: wish.locked !== null,
  }) as AccountSettings | null;
  const next = merged === null ? null : keepOwn(merged, before?.settings ?? null);
  if (next !== null && !isSame(next, before?.settings)) {
    const value = JSON.parse(writeStored({ settings: next, oauth: before?.oauth ?? null })) as unknown;
    await settling.put('accounts', id, value);
    const organisation = wish.place === ORGANISATION;
    await (before === undefined
      ? addGivenPolls(settling, id, next)
      : moveGivenPolls(settling, before, next, organisation));
  }
  const own = stale === undefined && before !== undefined ? before.settings : null;
  await settling.keepCopy('accounts', id, wish, { applied: settings, own });
  await settleIdentity(settling, wish, { account: id, identity });
}

/** A further address of an account that a layer gives. */
export async function settleFurtherIdentity(settling: Settling, wish: Wish): Promise<void> {
  const value = wish.value as LayerIdentity;
  const account = settling.findCopy('accounts', value.account);
  const stored = account === undefined ? undefined : await settling.read('accounts', account.id);
  if (account === undefined || stored === undefined || stored === null) return;
  const email = readStored(JSON.stringify(stored)).settings.email;
  const identity = expandIdentity(wish.item, value, { ...settling.values, email });
  await settleIdentity(settling, wish, { account: account.id, identity });
}

/** Mail of the account stays; one that was the user's own before stays altogether. */
export async function withdrawAccount(settling: Settling, copy: CopyRecord): Promise<void> {
  const { tx, user, server } = settling;
  await settling.dropCopy(copy);
  const stands = await settling.read('accounts', copy.id);
  if (stands === undefined || stands === null) return;
  if (copy.own !== null) return await settling.touch('accounts', copy.id);
  const at = server.clock.now();
  const identities = await listIdentitiesOf(tx, user, copy.id);
  await dropAccount(tx, { user, session: LAYER_SESSION, revision: await settling.revision(), at }, copy.id);
  for (const { id } of identities) {
    const given = settling.copies.find((one) => one.part === 'identities' && one.id === id);
    if (given !== undefined) await settling.dropCopy(given);
  }
  settling.polls = true;
}

async function settleIdentity(
  settling: Settling,
  wish: Wish,
  { account, identity }: { account: string; identity: ExpandedIdentity },
): Promise<void> {
  if (((await settling.read('accounts', account)) ?? null) === null) return;
  const known = await listIdentitiesOf(settling.tx, settling.user, account);
  const adopted = known.find(
    ({ id, address }) =>
      address.toLowerCase() === identity.address.toLowerCase() &&
      !settling.copies.some((copy) => copy.part === 'identities' && copy.id === id),
  );
  const prepare = (id: string): Identity => ({ id, account, ...identity });
  await settlePlain(settling, wish, 'identities', null, { adopted: adopted?.id, prepare });
}

/**
 * What no admin decides: what would delete more at the user's provider, whose number he has to confirm, and whether only he
 * can open the password.
 */
function keepOwn(settings: AccountSettings, before: AccountSettings | null): AccountSettings {
  const keep = before !== null && deletesMore(before.keep, settings.keep) ? before.keep : settings.keep;
  return { ...settings, keep, signedInOnly: before?.signedInOnly ?? false };
}

/** Null, and a line in the log, where this user's names make no account. */
function tryExpand(settling: Settling, wish: Wish): ReturnType<typeof expandAccount> | null {
  try {
    const expanded = expandAccount(wish.value as LayerAccount, settling.values);
    return { ...expanded, settings: checkSettings(expanded.settings, settling.server.allowNetworks) };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    settling.server.log.warn('layer.no-account', { user: settling.user, item: wish.item, code: error.code });
    return null;
  }
}
