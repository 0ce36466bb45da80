import { createReadStream } from 'node:fs';
import { ByteSource } from '../../common/archive/byte-source.ts';
import { profileFile, type ProfileFile } from '../../common/archive/profile-file.ts';
import { readTar } from '../../common/archive/read-tar.ts';
import { MailError } from '../../common/errors.ts';

/** The profile that stands at the begin of our archive; null where the file is something else. */
export async function findProfile(path: string): Promise<ProfileFile | null> {
  const stream = createReadStream(path);
  try {
    const source = new ByteSource(stream as AsyncIterable<Uint8Array>);
    const begin = Buffer.from(await source.peek(262));
    if (begin.toString('latin1', 257, 262) !== 'ustar') return null;
    for await (const file of readTar(source)) {
      const pieces: Uint8Array[] = [];
      if (file.name !== 'manifest.json' && file.name !== 'profile.json') return null;
      for await (const piece of file.bytes) pieces.push(piece);
      if (file.name === 'profile.json') return parseProfile(Buffer.concat(pieces).toString('utf8'));
    }
    return null;
  } finally {
    stream.destroy();
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
