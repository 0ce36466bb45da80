import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `lab room remove NAME`: what was logged stays. */
export async function run(call: Call): Promise<Outcome> {
  const [name = ''] = call.typed.words;
  const { profile } = await call.connect();
  await ask(profile.lab.removeRoom.mutate({ name }));
  return { value: { removed: name }, text: fill(call.words().labRoomRemoved, { room: name }) };
}
