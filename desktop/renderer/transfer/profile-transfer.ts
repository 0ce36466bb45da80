import { ByteSource } from '../../../common/archive/byte-source.ts';
import { profileFile, type ProfileFile } from '../../../common/archive/profile-file.ts';
import { readTar } from '../../../common/archive/read-tar.ts';
import { MailError } from '../../../common/errors.ts';
import { callHttp } from '../session/call-http.ts';

export interface ImportedProfile {
  added: number;
  changed: number;
  there: number;
  skipped: { source: string; code: string; reason: string | null }[];
}

/** What a chosen file is: a profile, a profile sealed by a passphrase (in base64), or an archive with one inside. */
export type ProfileSource = { profile: ProfileFile } | { sealed: string };

const LARGEST = 64 << 20;

/** MailError `invalid` for what no export wrote. */
export async function readProfileFile(file: File): Promise<ProfileSource> {
  if (file.size > LARGEST) throw new MailError('too-large', 'the file is too large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x7b) return { sealed: toBase64(bytes) };
  return { profile: parseProfile(new TextDecoder().decode(bytes)) };
}

/** The profile at the begin of an archive of mail, gzipped or not; null where the file is something else. */
export async function findArchivedProfile(file: File): Promise<ProfileFile | null> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return await findInArchive(new ByteSource(readPieces(file)));
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    return await findInArchive(new ByteSource(readUnpacked(reader)));
  } catch (error) {
    // What is no gzip after all is the server's to refuse.
    if (error instanceof MailError) throw error;
    return null;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function findInArchive(source: ByteSource): Promise<ProfileFile | null> {
  const begin = await source.peek(262);
  if (new TextDecoder().decode(begin.subarray(257)) !== 'ustar') return null;
  for await (const { name, bytes } of readTar(source)) {
    if (name !== 'manifest.json' && name !== 'profile.json') return null;
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of bytes) pieces.push(new Uint8Array(piece));
    if (name === 'profile.json') return parseProfile(await new Blob(pieces).text());
  }
  return null;
}

async function* readPieces(file: File): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < file.size; at += 1 << 20) {
    yield new Uint8Array(await file.slice(at, at + (1 << 20)).arrayBuffer());
  }
}

async function* readUnpacked(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

/** Puts it into the profile of who is signed in. MailError as POST /profile/import. */
export async function sendProfile(
  input: { profile: ProfileFile } | { file: string; passphrase: string },
): Promise<ImportedProfile> {
  const response = await callHttp('profile', '/profile/import', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return (await response.json()) as ImportedProfile;
}

function parseProfile(text: string): ProfileFile {
  try {
    return profileFile.parse(JSON.parse(text));
  } catch (error) {
    throw new MailError('invalid', 'not a profile', { reason: 'profile-file', cause: error });
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // All at once would be more arguments than a call may have.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
