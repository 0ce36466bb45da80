import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import type { Millis } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { isThere } from '../../server-kit/is-there.ts';
import { Compression, type CompressionTiming } from './compression.ts';
import { BlobRows } from './blob-row-store.ts';
import { prepareFolder } from './blob-folder.ts';
import { openBlobReader } from './blob-reader.ts';
import type { BlobSource, BlobStore } from './blob-store.ts';
import { sweepBlobs } from './sweep.ts';
import type { StoredMessage } from './take-in.ts';
import { unpackMessages } from './packed-messages.ts';
import { packSources } from './packed-sources.ts';
import { startBlobWorkers } from './worker-client.ts';

/** While one waits for the disk another hashes. More would only wait for each other's commits. */
const WORKERS = 2;

/** A pack of which less still counts is written anew by the way. */
const WORTH = 0.5;

/** The blob store of the data directory, which can also take in whole messages in one go. */
export interface LocalBlobStore extends BlobStore {
  /** Header and body of each durable, and read for its row. */
  takeIn(sources: readonly BlobSource[], received: readonly Millis[]): Promise<StoredMessage[]>;
  /** Compresses now what still stands as it came in; otherwise that happens by itself, soon. Throws MailError `disk-full`; nothing is lost then. */
  compress(): Promise<void>;
}

export async function openLocalBlobStore(options: {
  dataDir: string;
  key: Buffer;
  log: Logger;
  timing?: CompressionTiming;
}): Promise<LocalBlobStore> {
  const { dataDir, key } = options;
  demandRows(dataDir);
  const rows = new BlobRows(join(dataDir, 'blobs.sqlite'), 'write');
  prepareFolder(join(dataDir, 'blobs'), rows.closePacks());
  rows.close();
  const worker = await startBlobWorkers(WORKERS, { dataDir, key }, options.log);
  const compression = new Compression(worker, options.log, options.timing);
  const reader = openBlobReader({ dataDir, key });
  return {
    put: async (sources) => {
      compression.touch();
      return await worker.ask({ kind: 'blobs', ...packSources(sources) });
    },
    takeIn: async (sources, received) => {
      compression.touch();
      const times = Float64Array.from(received);
      const stored = await worker.ask({ kind: 'messages', ...packSources(sources), received: times });
      return unpackMessages(stored);
    },
    compress: async () => await compression.finish(),
    read: reader.read,
    verify: async (ids) => (ids.length === 0 ? [] : await worker.ask({ kind: 'verify', ids: [...ids] })),
    open: reader.open,
    sweep: async (sources, age, worth = WORTH) => await sweepBlobs(worker, sources, age, worth),
    close: async () => {
      await compression.stop();
      reader.close();
      await worker.close();
    },
  };
}

/** Packs without the rows that say what is in them, as a restore may leave them: a start would take all of them for waste. */
function demandRows(dataDir: string): void {
  const packs = join(dataDir, 'blobs', 'packs');
  if (isThere(join(dataDir, 'blobs.sqlite')) || !isThere(packs)) return;
  if (readdirSync(packs).length === 0) return;
  throw new MailError('unavailable', `${dataDir} has packs and no blobs.sqlite`, {
    reason: 'no-blob-rows',
    params: { dir: dataDir },
  });
}
