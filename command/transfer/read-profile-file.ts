import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ByteSource } from '../../common/archive/byte-source.ts';
import { profileFile, type ProfileFile } from '../../common/archive/profile-file.ts';
import { readTar } from '../../common/archive/read-tar.ts';
import { MailError } from '../../common/errors.ts';

const GZIP = Buffer.of(0x1f, 0x8b);

/** The profile that stands at the begin of our archive, gzipped or not; null where the file is something else. */
export async function findProfile(path: string): Promise<ProfileFile | null> {
  const isPacked = GZIP.equals(await readBegin(path));
  const file = createReadStream(path);
  const stream = isPacked ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    return await findInArchive(new ByteSource(stream as AsyncIterable<Uint8Array>));
  } catch (error) {
    // What is no gzip after all is the server's to refuse.
    if (isPacked && !(error instanceof MailError)) return null;
    throw error;
  } finally {
    stream.destroy();
    file.destroy();
  }
}

async function findInArchive(source: ByteSource): Promise<ProfileFile | null> {
  const begin = Buffer.from(await source.peek(262));
  if (begin.toString('latin1', 257, 262) !== 'ustar') return null;
  for await (const file of readTar(source)) {
    const pieces: Uint8Array[] = [];
    if (file.name !== 'manifest.json' && file.name !== 'profile.json') return null;
    for await (const piece of file.bytes) pieces.push(piece);
    if (file.name === 'profile.json') return parseProfile(Buffer.concat(pieces).toString('utf8'));
  }
  return null;
}

async function readBegin(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** MailError `invalid` for what no `profile export` wrote. */
export function parseProfile(text: string): ProfileFile {
  try {
    return profileFile.parse(JSON.parse(text));
  } catch (error) {
    throw new MailError('invalid', 'not a profile', { reason: 'profile-file', cause: error });
  }
}
