import type { Call, Outcome } from '../call.ts';
import { makeProfileClient, noToken } from '../server/clients.ts';
import { ask, findServer } from '../server/connection.ts';
import { askLine } from '../terminal.ts';

/** `forgot [NAME]`: a code by mail, where that user has proven a second address; the answer is the same for every name. */
export async function run(call: Call): Promise<Outcome> {
  const words = call.words();
  const name =
    call.typed.words[0] ?? (call.env['VALIJA_USER'] || (await askLine(`${words.userName}: `, true)));
  await ask(makeProfileClient(findServer(call.env), noToken).session.forgot.mutate({ name }));
  return { value: { asked: true }, text: words.forgotAsked };
}
