import { MailError } from '../../common/errors.ts';
import type { ProfilePart } from '../../common/shapes/profile.ts';
import { ask, type Connection } from '../server/connection.ts';

/** An item of the profile, with the revision that a change of it has to name. */
export type OwnItem<Value> = Value & { id: string; revision: number };

export async function listOwnItems<Value extends object>(
  { profile }: Connection,
  part: ProfilePart,
): Promise<OwnItem<Value>[]> {
  const { items } = await ask(profile.profile.read.query({ parts: [part] }));
  return items.flatMap(({ id, revision, value }) =>
    value === null ? [] : [{ ...(value as Value), id, revision }],
  );
}

/** Takes an id, or a name that only one has. MailError `not-found` with that reason. */
export function pickItem<Item extends { id: string }>(
  items: readonly Item[],
  typed: string,
  by: { name: (item: Item) => string; reason: 'template' | 'contact-group' | 'identity' },
): Item {
  const byId = items.find(({ id }) => id === typed);
  const named = items.filter((item) => by.name(item).toLowerCase() === typed.trim().toLowerCase());
  const found = byId ?? (named.length === 1 ? named[0] : undefined);
  if (found !== undefined) return found;
  throw new MailError('not-found', `no ${by.reason} ${typed}`, {
    reason: by.reason,
    params: { name: typed },
  });
}

/** Makes an item, or changes one that stands at `revision`; `value` null removes it. */
export async function saveOwnItem<Value extends object>(
  { profile }: Connection,
  part: ProfilePart,
  known: { id: string; revision: number } | null,
  value: Value | null,
): Promise<{ id: string; value: Value | null }> {
  const change = { part, id: known?.id ?? null, base: known?.revision ?? null, value: value as never };
  const { item } = await ask(profile.profile.change.mutate(change));
  return { id: item.id, value: item.value as Value | null };
}
