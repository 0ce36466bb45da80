import type { Call, Outcome } from '../call.ts';
import { makeProfileClient, noToken } from '../server/clients.ts';
import { ask, findServer } from '../server/connection.ts';
import { askLine } from '../terminal.ts';
import { fill } from '../words/words.ts';
import { askNewPassword } from './ask-new-password.ts';

/** `redeem [NAME] [--code C]`: a new password by the code of a reset. The session that comes with it is ended at once; `login` keeps one. */
export async function run(call: Call): Promise<Outcome> {
  const words = call.words();
  const name =
    call.typed.words[0] ?? (call.env['VALIJA_USER'] || (await askLine(`${words.userName}: `, true)));
  const code = call.typed.text('code') ?? (await askLine(`${words.resetCodeAsked}: `, true));
  const newPassword = await askNewPassword(call);
  const server = findServer(call.env);
  const answer = await ask(
    makeProfileClient(server, noToken).session.redeem.mutate({ name, code, newPassword, client: 'valija' }),
  );
  if (!('step' in answer)) {
    await makeProfileClient(server, async () => answer.tokens.profile)
      .session.signOut.mutate()
      .catch(() => undefined);
  }
  return { value: { redeemed: true }, text: fill(words.redeemed, { name }) };
}
