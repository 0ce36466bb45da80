import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `session end ID` or `session end --others`. */
export async function run(call: Call): Promise<Outcome> {
  const [id] = call.typed.words;
  const others = call.typed.has('others');
  if (id !== undefined && others) throw makeUsageError('not-together', { option: 'ID', other: '--others' });
  if (id === undefined && !others) throw makeUsageError('one-of-two', { option: 'ID', other: '--others' });
  const { profile } = await call.connect();
  const input = id === undefined ? { others: true as const } : { id };
  const { ended } = await ask(profile.session.end.mutate(input));
  return { value: { ended }, text: fill(call.words().sessionsEnded, { n: ended }) };
}
