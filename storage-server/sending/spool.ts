import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { MESSAGE_BYTES } from '../../common/shapes/draft.ts';
import type { StorageCore } from '../context.ts';
import { toDiskError } from '../draft/disk-error.ts';

export interface SpooledFile {
  path: string;
  size: number;
}

/** Writes bytes to a file of its own for as long as `work` takes. MailError `too-large` beyond what may be sent, `disk-full`. */
export async function withSpooled<T>(
  core: Pick<StorageCore, 'dataDir' | 'random'>,
  bytes: AsyncIterable<Uint8Array>,
  work: (file: SpooledFile) => Promise<T>,
): Promise<T> {
  const folder = join(core.dataDir, 'spool');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, makeId('out', core.random));
  try {
    try {
      await pipeline(limitSize(bytes), createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      throw toDiskError(error) ?? error;
    }
    return await work({ path, size: (await stat(path)).size });
  } finally {
    await rm(path, { force: true });
  }
}

async function* limitSize(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > MESSAGE_BYTES) {
      throw new MailError('too-large', 'the message is larger than may be sent', {
        reason: 'message',
        params: { limit: `${MESSAGE_BYTES / (1024 * 1024)} MB` },
      });
    }
    yield chunk;
  }
}

/** What a process that died left behind; only to be called before anything is spooled. */
export async function emptySpool(core: Pick<StorageCore, 'dataDir'>): Promise<void> {
  const folder = join(core.dataDir, 'spool');
  for (const name of await readdir(folder).catch(() => [])) {
    if (/^(?:out|part)_/.test(name)) await rm(join(folder, name), { force: true });
  }
}
