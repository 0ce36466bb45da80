import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeCsv } from '../../common/csv/write-csv.ts';
import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { makeFileError } from '../failure.ts';
import { fill } from '../words/words.ts';
import { describeImport } from './describe-import.ts';
import { sendImport, type UserImport } from './send-import.ts';

/**
 * `user import FILE [--dry-run] [--new-codes] [--codes FILE]`: brings users to what the file says. Invitations are told this
 * once: as CSV on stdout behind the report, or in a file that only its owner can read.
 */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const csv = readUtf8(typed.words[0] ?? '');
  const input = { csv, dryRun: typed.has('dry-run'), newCodes: typed.has('new-codes') };
  const file = typed.text('codes');
  if (file === undefined || input.dryRun)
    return describe(call, await sendImport(await call.connect(), input));
  // The codes are told once: a file that cannot be written has to be known of before.
  takeFile(file);
  let written = false;
  try {
    const result = await sendImport(await call.connect(), input);
    if (result.codes.length === 0) return describe(call, result);
    written = true;
    try {
      writeFileSync(file, writeCodes(result.codes));
    } catch (error) {
      // They are not told again: what the disk has no room for stands behind the report.
      return { ...describe(call, result), error: makeFileError(file, error) };
    }
    return describe(call, { ...result, codes: [] }, { file, n: result.codes.length });
  } finally {
    // An empty one would keep the same command from being given again.
    if (!written) rmSync(file, { force: true });
  }
}

/** What the command answers; `written`: where the codes are that the result has no more. */
function describe(call: Call, value: UserImport, written?: { file: string; n: number }): Outcome {
  const words = call.words();
  const { codes, problems } = value;
  const parts = [
    describeImport(value, call.language(), words),
    ...(written === undefined ? [] : [fill(words.codesWritten, written)]),
    ...(codes.length > 0 ? [writeCodes(codes).trimEnd()] : []),
  ];
  const error = new MailError('invalid', 'problems in the file', {
    reason: 'csv-problems',
    params: { n: problems.length },
  });
  return { value, text: parts.join('\n'), ...(problems.length > 0 ? { error } : {}) };
}

function writeCodes(codes: UserImport['codes']): string {
  return writeCsv([['name', 'code'], ...codes.map(({ name, code }) => [name, code])]);
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
