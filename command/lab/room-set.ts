import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `lab room set NAME [--network CIDR…] [--forced|--not-forced]`: sessions from there are of this room. What is not named stays. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const [name = ''] = typed.words;
  if (typed.has('forced') && typed.has('not-forced')) {
    throw makeUsageError('not-together', { option: '--forced', other: '--not-forced' });
  }
  const { profile } = await call.connect();
  const { rooms } = await ask(profile.lab.rooms.query());
  const before = rooms.find((room) => room.name === name);
  const named = typed.texts('network');
  const input = {
    name,
    networks: named.length > 0 ? named : [...(before?.networks ?? [])],
    forced: typed.has('forced') || (before?.forced === true && !typed.has('not-forced')),
  };
  const { networks, forced } = await ask(profile.lab.setRoom.mutate(input));
  return { value: { name, networks, forced }, text: fill(call.words().labRoomSet, { room: name }) };
}
