import { readFile } from 'node:fs/promises';
import { makeFileError } from '../failure.ts';

/** The text of a file that an option names. MailError `usage`. */
export async function readTextFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').trimEnd();
  } catch (error) {
    throw makeFileError(file, error);
  }
}
