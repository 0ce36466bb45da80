import { makeId } from '../../../common/ids.ts';
import { isSame } from '../../../common/profile/merge-values.ts';
import type { Rule } from '../../../common/shapes/rule.ts';
import type { Template } from '../../../common/shapes/template.ts';
import { ITEM_PREFIX } from '../../profile/item/item-prefix.ts';
import { defaultPreferences } from '../../profile/default-profile.ts';
import { findLanguage } from '../../profile/find-language.ts';
import type { Wish } from './choose-wishes.ts';
import type { CopyRecord } from '../copy-store.ts';
import { expandRule, expandTemplate } from '../expand-item.ts';
import { mergeGiven } from './merge-given.ts';
import type { Settling } from './settling.ts';

type PlainPart = 'identities' | 'rules' | 'templates' | 'preferences';

/** A rule, a text or a preference of a layer becomes the user's. */
export async function settleItem(settling: Settling, wish: Wish): Promise<void> {
  const { values } = settling;
  if (wish.part === 'rules') {
    const email = (await settling.findGivenAddress()) ?? values.email;
    await settlePlain(settling, wish, 'rules', expandRule(wish.value as Rule, { ...values, email }));
  }
  if (wish.part === 'templates')
    await settlePlain(settling, wish, 'templates', expandTemplate(wish.value as Template, values));
  if (wish.part === 'preferences') await settlePreference(settling, wish);
}

/** `adopted`: an item of the user's own that stands for it already; `prepare` gives the value its own id where it has one. */
export async function settlePlain(
  settling: Settling,
  wish: Wish,
  part: Exclude<PlainPart, 'preferences'>,
  wished: unknown,
  how: { adopted?: string | undefined; prepare?: (id: string) => unknown } = {},
): Promise<void> {
  const copy = settling.findCopy(part, wish.item);
  const id = copy?.id ?? how.adopted ?? makeId(ITEM_PREFIX[part] ?? 'itm', settling.server.random);
  const value = how.prepare?.(id) ?? wished;
  const current = await settling.read(part, id);
  const next = mergeGiven({
    current,
    applied: copy === undefined ? undefined : JSON.parse(copy.applied),
    wished: value,
    locked: wish.locked !== null,
  });
  if (!isSame(next, current)) await settling.put(part, id, next);
  await settling.keepCopy(part, id, wish, { applied: value, own: current });
}

/** Not locked it takes the place of what the user never chose. */
async function settlePreference(settling: Settling, wish: Wish): Promise<void> {
  const key = wish.item;
  const copy = settling.findCopy('preferences', key);
  const stands = await settling.read('preferences', key);
  const defaults = defaultPreferences((await findLanguage(settling.tx, settling.user)) ?? 'en');
  const isChosen = !isSame(stands, defaults[key as keyof typeof defaults]);
  const next = mergeGiven({
    current: copy === undefined && !isChosen ? null : stands,
    applied: copy === undefined ? undefined : JSON.parse(copy.applied),
    wished: wish.value,
    locked: wish.locked !== null,
  });
  if (next !== null && !isSame(next, stands)) await settling.put('preferences', key, next);
  await settling.keepCopy('preferences', key, wish, { applied: wish.value, own: stands });
}

/** What no layer gives any more goes; what stood in its place before comes back, unless the user has changed it since. */
export async function withdrawItem(settling: Settling, copy: CopyRecord): Promise<void> {
  const { part, id } = copy;
  const current = await settling.read(part, id);
  await settling.dropCopy(copy);
  const own: unknown = JSON.parse(copy.own ?? 'null');
  const isTheirs = current === undefined || current === null || !isSame(current, JSON.parse(copy.applied));
  if (own !== null && !isTheirs && !isSame(own, current)) await settling.put(part, id, own);
  else if (own === null && part !== 'preferences' && (current ?? null) !== null)
    await settling.put(part, id, null);
  else await settling.touch(part, id);
}
