import { LABEL_COLOURS } from '../../common/label-name.ts';
import type { Call, Outcome } from '../call.ts';
import { readChoice } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `label add NAME`: makes it known, before any mail has it. */
export async function run(call: Call): Promise<Outcome> {
  const [typed = ''] = call.typed.words;
  const colour = readChoice('--colour', call.typed.text('colour') ?? 'grey', LABEL_COLOURS);
  const { profile } = await call.connect();
  const value = { name: typed, colour };
  const { item } = await ask(profile.profile.change.mutate({ part: 'labels', id: null, base: null, value }));
  const { name } = item.value as { name: string };
  return { value: { name, colour }, text: fill(call.words().labelAdded, { name }) };
}
