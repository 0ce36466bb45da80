import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, type Clock } from '../../common/time.ts';

const MOST_BYTES = 256 * 1024 * 1024;
const OLDEST = 30 * DAY;

/**
 * Pictures that were drawn, in files; those that nobody asked for the longest go first. The name of a file is an HMAC of
 * user and address: each user has copies of his own, since an answer that came at once would tell one user that another
 * got the same mail, and a sender who may have an account here too, that it was opened.
 */
export interface PictureCache {
  get(user: string, address: string): Promise<Buffer | null>;
  put(user: string, address: string, picture: Uint8Array): Promise<void>;
}

export interface CacheOptions {
  dataDir: string;
  /** A secret of this store. */
  key: Uint8Array;
  clock: Clock;
  /** Bytes of all files. */
  most?: number;
}

export async function openPictureCache(options: CacheOptions): Promise<PictureCache> {
  const { clock, most = MOST_BYTES } = options;
  const folder = join(options.dataDir, 'pictures');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = Buffer.from(hkdfSync('sha256', options.key, new Uint8Array(), 'valija picture', 32));
  /** Bytes by name, the one that was used last at the end. */
  const sizes = await readSizes(folder, clock.now() - OLDEST);
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);

  const name = (user: string, address: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([user, address]))
      .digest('base64url');
  const forget = async (file: string): Promise<void> => {
    total -= sizes.get(file) ?? 0;
    sizes.delete(file);
    await rm(join(folder, file), { force: true });
  };
  return {
    get: async (user, address) => {
      const file = name(user, address);
      const size = sizes.get(file);
      if (size === undefined) return null;
      try {
        const picture = await readFile(join(folder, file));
        sizes.delete(file);
        sizes.set(file, size);
        const now = new Date(clock.now());
        await utimes(join(folder, file), now, now);
        return picture;
      } catch {
        await forget(file);
        return null;
      }
    },
    put: async (user, address, picture) => {
      if (picture.length > most) return;
      const file = name(user, address);
      const part = join(folder, `.part-${randomBytes(8).toString('hex')}`);
      await writeFile(part, picture, { mode: 0o600 });
      await rename(part, join(folder, file));
      total += picture.length - (sizes.get(file) ?? 0);
      sizes.delete(file);
      sizes.set(file, picture.length);
      for (const oldest of sizes.keys()) {
        if (total <= most) break;
        await forget(oldest);
      }
    },
  };
}

/** Sizes of what is there, the least used first; what is too old or was not finished is deleted. */
async function readSizes(folder: string, since: number): Promise<Map<string, number>> {
  const found: { file: string; size: number; at: number }[] = [];
  for (const file of await readdir(folder)) {
    const { size, mtimeMs } = await stat(join(folder, file));
    if (file.startsWith('.') || mtimeMs < since) await rm(join(folder, file), { force: true });
    else found.push({ file, size, at: mtimeMs });
  }
  return new Map(found.toSorted((a, b) => a.at - b.at).map(({ file, size }) => [file, size]));
}
