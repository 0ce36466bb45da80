import type { Call, Outcome } from '../call.ts';
import { readChoice } from '../failure.ts';
import { formatWhen } from '../format.ts';
import { ask, findServer } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `part add --kind K`: a code of one use and 15 minutes, with which a part joins this profile-server. */
export async function run(call: Call): Promise<Outcome> {
  const kind = readChoice('--kind', call.typed.text('kind') ?? '', ['storage-server', 'smtp-relay']);
  const { profile } = await call.connect();
  const { code, expiresAt } = await ask(profile.part.makeCode.mutate({ kind }));
  const words = call.words();
  const until = formatWhen(expiresAt, call.language());
  const how = fill(words.enrolHow, { kind, code, server: findServer(call.env) });
  return { value: { kind, code, expiresAt }, text: `${fill(words.enrolCode, { code, until })}\n${how}` };
}
