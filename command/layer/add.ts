import type { Call, Outcome } from '../call.ts';
import { makeUsageError, readChoice } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findPlace } from './find-place.ts';
import { PARTS, readItemValue } from './item-options.ts';
import { nameItem, viewItem } from './layer-view.ts';

/** `layer add PART …`: an item for everybody there; `--locked WHY` keeps users from changing theirs. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const part = readChoice('PART', typed.words[0] ?? '', PARTS);
  const id = typed.text('key') ?? null;
  if (part === 'preferences' && id === null) throw makeUsageError('missing-option', { option: '--key' });
  const value = readItemValue(typed, part, null);
  const connection = await call.connect();
  const of = await findPlace(connection, typed);
  const locked = typed.text('locked') ?? null;
  const change = { of, part, id, base: null, value: value as string, locked };
  const { item } = await ask(connection.profile.layer.change.mutate(change));
  if (item === null) throw new Error('the item is not there');
  const text = fill(call.words().layerAdded, { name: nameItem(item), id: item.id });
  return { value: viewItem(item), text };
}
