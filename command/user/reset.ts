import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask, findServer } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user reset USER [--mail | --hand] [--also-factors]`, or `--withdraw`: a code with which the user chooses a new password. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  if (typed.has('mail') && typed.has('hand')) {
    throw makeUsageError('not-together', { option: '--mail', other: '--hand' });
  }
  const { id, name, connection } = await findOne(call);
  const words = call.words();
  const { user } = connection.profile;
  if (typed.has('withdraw')) {
    await ask(user.endReset.mutate({ id }));
    return { value: { user: { id, name }, withdrawn: true }, text: fill(words.resetWithdrawn, { name }) };
  }
  const how = typed.has('mail') ? 'mail' : 'hand';
  const alsoFactors = typed.has('also-factors');
  const { code, needsApproval } = await ask(user.reset.mutate({ id, how, alsoFactors }));
  const values = { name, code: code ?? '', server: findServer(call.env) };
  const lines = [
    fill(code === null ? words.resetMailed : words.resetCode, values),
    ...(needsApproval ? [fill(words.resetWaits, values)] : []),
  ];
  return { value: { user: { id, name }, code, needsApproval }, text: lines.join('\n') };
}
