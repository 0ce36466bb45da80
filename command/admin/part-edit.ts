import type { Call, Outcome } from '../call.ts';
import { readChoice } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `part edit ID --new-users yes|no`: whether users who register may get this storage-server as their home. */
export async function run(call: Call): Promise<Outcome> {
  const [id = ''] = call.typed.words;
  const newUsers = readChoice('--new-users', call.typed.text('new-users') ?? '', ['yes', 'no']) === 'yes';
  const { profile } = await call.connect();
  await ask(profile.part.edit.mutate({ id, newUsers }));
  const words = call.words();
  return {
    value: { id, newUsers },
    text: fill(newUsers ? words.partTakesUsers : words.partTakesNoUsers, { id }),
  };
}
