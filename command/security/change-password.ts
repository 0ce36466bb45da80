import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { askLine, askNewPassword } from '../terminal.ts';
import { fill } from '../words/words.ts';

/** `password change`: the old one from VALIJA_PASSWORD, the new one from VALIJA_PASSWORD_NEW, else both asked for. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const words = call.words();
  const old = call.env['VALIJA_PASSWORD'] || (await askLine(`${words.passwordNow}: `, false));
  const chosen = call.env['VALIJA_PASSWORD_NEW'] || (await askNewPassword(call));
  const input = {
    old,
    new: chosen,
    endOthers: call.typed.has('end-others'),
    endApps: call.typed.has('end-apps'),
  };
  const changed = await ask(profile.session.changePassword.mutate(input));
  const { ended, appPasswords } = changed;
  return { value: changed, text: fill(words.passwordChanged, { ended, apps: appPasswords }) };
}
