import type { Call } from '../call.ts';
import { makeFileError, makeUsageError } from '../failure.ts';
import { readFileSync } from 'node:fs';

const SHORTEST = 8;

/** The first line of the file that `--passphrase-file` names. MailError usage. */
export function readPassphrase(call: Call): string {
  const file = call.typed.text('passphrase-file');
  if (file === undefined) throw makeUsageError('missing-option', { option: '--passphrase-file' });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw makeFileError(file, error);
  }
  const passphrase = (text.split('\n')[0] ?? '').replace(/\r$/, '');
  if (passphrase.length < SHORTEST) throw makeUsageError('short-passphrase', { file, n: SHORTEST });
  return passphrase;
}
