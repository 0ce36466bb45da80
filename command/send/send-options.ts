import { readFileSync } from 'node:fs';
import type { Call, Typed } from '../call.ts';
import { makeFileError, makeUsageError, readNumber } from '../failure.ts';

/** When and how often: the same for a composed and for a finished mail. */
export interface SendOptions {
  undo: number;
  at: string | null;
  key: string | null;
}

export function readSendOptions(typed: Typed): SendOptions {
  const undo = typed.text('undo');
  const at = typed.text('at');
  const key = typed.text('key') ?? null;
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw makeUsageError('bad-value', { option: '--key', value: key, allowed: '1–200 ASCII' });
  }
  return {
    undo: undo === undefined ? 0 : readNumber('--undo', undo, 0, 60),
    at: at === undefined ? null : readTime(at),
    key,
  };
}

/** ISO 8601, with a zone or in the zone of this machine. */
export function readTime(value: string, option = '--at'): string {
  const time = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value)
    ? Date.parse(value)
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw makeUsageError('bad-value', { option, value, allowed: '2030-01-31T08:00:00Z' });
  }
  return new Date(time).toISOString();
}

/** A UTF-8 file named by an option; MailError usage. */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw makeFileError(file, error);
  }
}

/** All of stdin; at a terminal it says what to do. */
export async function readStdin(call: Call): Promise<string> {
  if (process.stdin.isTTY) call.note(call.words().typeMail);
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
