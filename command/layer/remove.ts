import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findPlace } from './find-place.ts';
import { nameItem } from './layer-view.ts';
import { findItem } from './list-items.ts';

/** `layer remove ID`: users lose it; mail that came through an account stays. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const of = await findPlace(connection, call.typed);
  const item = await findItem(connection, of, call.typed.words[0] ?? '');
  const { id, part, revision } = item;
  const change = { of, part, id, base: revision, value: null, locked: null };
  await ask(connection.profile.layer.change.mutate(change));
  return { value: { removed: id }, text: fill(call.words().layerRemoved, { name: nameItem(item) }) };
}
