import { hkdfSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import { writeSecretFile } from '../../server-kit/auth/part-key.ts';
import { isThere } from '../../server-kit/is-there.ts';

const LENGTH = 32;

/** Keys for the different uses, made from the one of `store.key`: never rotated, part of every backup. */
export interface StoreKeys {
  /** Blob ids. */
  blob: Buffer;
  /** The part of a mail's id that belongs to its user. */
  mailId: Buffer;
  /** Signed URLs. */
  url: Buffer;
}

/**
 * Reads `store.key` (0400) of the data directory, or makes it at the first start. MailError `unavailable` reasons `store-key`, and
 * `store-key-missing` where there is a store already: with another key none of its mail could be read, and every mail had another id.
 */
export async function loadStoreKeys(
  dataDir: string,
  random: (size: number) => Uint8Array = randomBytes,
): Promise<StoreKeys> {
  const path = join(dataDir, 'store.key');
  let secret: Uint8Array;
  try {
    secret = await readFile(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    if (isThere(join(dataDir, 'blobs.sqlite'))) {
      throw new MailError('unavailable', `${path} is missing`, {
        reason: 'store-key-missing',
        params: { path },
      });
    }
    secret = random(LENGTH);
    await writeSecretFile(path, secret);
  }
  if (secret.length !== LENGTH) {
    throw new MailError('unavailable', `${path} holds ${secret.length} bytes instead of ${LENGTH}`, {
      reason: 'store-key',
    });
  }
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), `valija ${use}`, LENGTH));
  return { blob: derive('blob'), mailId: derive('mail-id'), url: derive('url') };
}
