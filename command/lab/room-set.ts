import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `lab room set NAME [--network CIDR…] [--forced]`: sessions from there are of this room. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const [name = ''] = typed.words;
  const { profile } = await call.connect();
  const input = { name, networks: typed.texts('network'), forced: typed.has('forced') };
  const { networks, forced } = await ask(profile.lab.setRoom.mutate(input));
  return { value: { name, networks, forced }, text: fill(call.words().labRoomSet, { room: name }) };
}
