import type { Call } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { askLine } from '../terminal.ts';

/** VALIJA_PASSWORD_NEW, else asked for twice. */
export async function askNewPassword(call: Call): Promise<string> {
  const given = call.env['VALIJA_PASSWORD_NEW'];
  if (given !== undefined && given !== '') return given;
  const words = call.words();
  const typed = await askLine(`${words.newPassword}: `, false);
  if ((await askLine(`${words.passwordAgain}: `, false)) !== typed) throw makeUsageError('passwords-differ');
  return typed;
}
