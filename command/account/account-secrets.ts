import { readFileSync } from 'node:fs';
import type { AccountSecrets, AccountSettings } from '../../common/shapes/account.ts';
import type { Call, Typed } from '../call.ts';
import { makeFileError, makeUsageError } from '../failure.ts';
import { askLine } from '../terminal.ts';
import { fill } from '../words/words.ts';

/** The passwords from their files; MailError usage where one cannot be read. */
export function readSecretFiles(typed: Typed): AccountSecrets {
  const pop3File = typed.text('pop3-password-file');
  const smtpFile = typed.text('smtp-password-file');
  return {
    ...(pop3File === undefined ? {} : { pop3Password: readSecretFile(pop3File) }),
    ...(smtpFile === undefined ? {} : { smtpPassword: readSecretFile(smtpFile) }),
  };
}

/** MailError usage when the POP3 password is not in a file and nobody can be asked for it. */
export function demandWayToAsk({ pop3Password }: AccountSecrets): void {
  if (pop3Password === undefined && !process.stdin.isTTY)
    throw makeUsageError('missing-option', { option: '--pop3-password-file' });
}

/** Asks for the passwords that are still missing for these settings. */
export async function askMissingSecrets(
  call: Call,
  { pop3, send }: AccountSettings,
  given: AccountSecrets,
): Promise<AccountSecrets> {
  const words = call.words();
  const ask = async (question: string, user: string): Promise<string> =>
    await askLine(`${fill(question, { user })}: `, false);
  const pop3Password = given.pop3Password ?? (await ask(words.popPasswordOf, pop3.user));
  const smtpUser = send.smtp?.user;
  if (given.smtpPassword !== undefined || !smtpUser || !process.stdin.isTTY)
    return { ...given, pop3Password };
  return { ...given, pop3Password, smtpPassword: await ask(words.smtpPasswordOf, smtpUser) };
}

/** The first line: editors end a file with a line break, which belongs to no password. `-` and /dev/stdin read stdin. */
export function readSecretFile(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw makeFileError(file, error);
  }
}
