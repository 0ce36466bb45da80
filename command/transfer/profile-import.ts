import { readFile } from 'node:fs/promises';
import type { Call, Outcome } from '../call.ts';
import { makeFileError } from '../failure.ts';
import { fill } from '../words/words.ts';
import { listSkipped, nameSkipped } from './name-skipped.ts';
import { readPassphrase } from './passphrase.ts';
import { findProfile, parseProfile } from './read-profile-file.ts';
import { sendProfile } from './send-profile.ts';

const SEALED = 'VALIJA-SEALED-1\n';

/** `profile import FILE`: what `profile export` wrote, sealed or not, or the profile of an archive. */
export async function run(call: Call): Promise<Outcome> {
  const path = call.typed.words[0] ?? '';
  const input = await readInput(call, path);
  const { added, changed, there, skipped } = await sendProfile(await call.connect(), input);
  const words = call.words();
  const lines = [fill(words.profileImported, { n: added }), fill(words.changed, { n: changed })];
  if (there > 0) lines.push(fill(words.alreadyHere, { n: there }));
  lines.push(...listSkipped(call, skipped));
  return { value: { added, changed, there, skipped: nameSkipped(call, skipped) }, text: lines.join('\n') };
}

async function readInput(call: Call, path: string): Promise<Parameters<typeof sendProfile>[1]> {
  let archived: Awaited<ReturnType<typeof findProfile>>;
  let bytes: Buffer;
  try {
    archived = await findProfile(path);
    bytes = archived === null ? await readFile(path) : Buffer.alloc(0);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw makeFileError(path, error);
    throw error;
  }
  if (archived !== null) return { profile: archived };
  if (bytes.toString('latin1', 0, SEALED.length) !== SEALED)
    return { profile: parseProfile(bytes.toString('utf8')) };
  return { file: bytes.toString('base64'), passphrase: readPassphrase(call) };
}
