import type { Call, Outcome } from '../call.ts';
import { formatWhen } from '../format.ts';
import { ask, findServer } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `invite [--home ID]`: a code with which one person may register while registering is by invitation; for administrators. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const home = call.typed.text('home') ?? null;
  const { invite: code, expiresAt } = await ask(profile.session.makeInvite.mutate({ home }));
  const { registration } = await ask(profile.session.options.query());
  const words = call.words();
  if (registration === 'open' && home === null) call.note(words.inviteNotNeeded);
  if (registration === 'closed') call.note(words.inviteUseless);
  const until = formatWhen(expiresAt, call.language());
  const how = fill(words.inviteHow, { code, server: findServer(call.env) });
  return { value: { code, expiresAt }, text: `${fill(words.inviteCode, { code, until })}\n${how}` };
}
