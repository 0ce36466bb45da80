import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findPlace } from './find-place.ts';
import { readItemValue } from './item-options.ts';
import { nameItem, viewItem } from './layer-view.ts';
import { findItem } from './list-items.ts';

/** `layer edit ID …`: what is not typed stays; `--unlocked` lets users change theirs. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  if (typed.has('locked') && typed.has('unlocked')) {
    throw makeUsageError('not-together', { option: '--locked', other: '--unlocked' });
  }
  const connection = await call.connect();
  const of = await findPlace(connection, typed);
  const before = await findItem(connection, of, typed.words[0] ?? '');
  const { id, part, revision } = before;
  const value = readItemValue(typed, part, before.value);
  const locked = typed.has('unlocked') ? null : (typed.text('locked') ?? before.locked);
  const change = { of, part, id, base: revision, value: value as string, locked };
  const { item } = await ask(connection.profile.layer.change.mutate(change));
  if (item === null) throw new Error('the item is not there');
  return { value: viewItem(item), text: fill(call.words().layerChanged, { name: nameItem(item) }) };
}
