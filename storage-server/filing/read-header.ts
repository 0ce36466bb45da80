import { trimBlank } from '../../common/sieve/header/trim.ts';
import { MIME_LIMITS } from '../mime/limits.ts';

/** Fields of a header block in their order, as rules take them: bytes as characters, nothing decoded, lines unfolded. */
export type RawFields = readonly (readonly [string, string])[];

/** Reads what can be read; damaged lines are left out, and what is beyond the limits of MIME_LIMITS. */
export function readRawFields(block: Uint8Array): RawFields {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
  const text = bytes.toString('latin1', 0, MIME_LIMITS.headerBytes);
  const fields: [string, string][] = [];
  for (const line of text.replace(/\r?\n[ \t]/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = colon > 0 ? line.slice(0, colon).trimEnd() : '';
    if (name === '' || /[^!-~]/.test(name)) continue;
    fields.push([name, trimBlank(line.slice(colon + 1))]);
    if (fields.length >= MIME_LIMITS.headerFields) break;
  }
  return fields;
}

/** The first field of that lower-case name; null when there is none. */
export function findField(fields: RawFields, name: string): string | null {
  return fields.find(([one]) => one.toLowerCase() === name)?.[1] ?? null;
}

export function listFields(fields: RawFields, name: string): string[] {
  return fields.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
}
