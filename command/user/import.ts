import { readFileSync, writeFileSync } from 'node:fs';
import { writeCsv } from '../../common/csv/write-csv.ts';
import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { makeFileError } from '../failure.ts';
import { fill } from '../words/words.ts';
import { describeImport } from './describe-import.ts';
import { sendImport } from './send-import.ts';

/**
 * `user import FILE [--dry-run] [--new-codes] [--codes FILE]`: brings users to what the file says. Invitations are told this
 * once: as CSV on stdout behind the report, or in a file that only its owner can read.
 */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const csv = readUtf8(typed.words[0] ?? '');
  const input = { csv, dryRun: typed.has('dry-run'), newCodes: typed.has('new-codes') };
  const file = typed.text('codes');
  // The codes are told once: a file that cannot be written has to be known of before.
  if (file !== undefined && !input.dryRun) takeFile(file);
  const result = await sendImport(await call.connect(), input);
  const words = call.words();
  const codes = [['name', 'code'], ...result.codes.map(({ name, code }) => [name, code])];
  const kept = file !== undefined && result.codes.length > 0;
  if (kept) writeFileSync(file, writeCsv(codes));
  const parts = [
    describeImport(result, call.language(), words),
    ...(kept ? [fill(words.codesWritten, { file, n: result.codes.length })] : []),
    ...(!kept && result.codes.length > 0 ? [writeCsv(codes).trimEnd()] : []),
  ];
  const value = kept ? { ...result, codes: [] } : result;
  const failed = result.problems.length > 0;
  const error = new MailError('invalid', 'problems in the file', {
    reason: 'csv-problems',
    params: { n: result.problems.length },
  });
  return { value, text: parts.join('\n'), ...(failed ? { error } : {}) };
}

/** Makes the file, for its owner alone; MailError `usage` where it is there already or cannot be made. */
function takeFile(file: string): void {
  try {
    writeFileSync(file, '', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw makeFileError(file, error);
  }
}

/** MailErrors usage, and `invalid` (`csv-encoding`): names in another encoding would be wrong for good. */
function readUtf8(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw makeFileError(file, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MailError('invalid', 'not UTF-8', { reason: 'csv-encoding', cause });
  }
}
