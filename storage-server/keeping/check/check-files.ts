import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobCheck } from './blob-check-store.ts';

export interface FilesReport {
  /** What the blobs take on the disk, without their rows. */
  stored: number;
  /** Files that no row names: left by a process that ended early. */
  unused: string[];
  /** Bytes in packs that no blob needs any more. */
  waste: number;
}

/** Compares the folder of the blobs with its rows. */
export async function checkFiles(dataDir: string, check: BlobCheck): Promise<FilesReport> {
  const folder = join(dataDir, 'blobs');
  const report: FilesReport = { stored: 0, unused: [], waste: 0 };
  const packs = check.readPacks();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const name of await readdir(join(folder, entry.name))) {
      const path = join(folder, entry.name, name);
      const size = await sizeOf(path);
      if (size === null) continue;
      report.stored += size;
      const used = entry.name === 'packs' ? packs.get(Number.parseInt(name, 10)) : undefined;
      if (used !== undefined) report.waste += Math.max(0, size - used);
      else if (entry.name === 'packs' || entry.name === 'incoming' || check.sizeOf(name) === null) {
        report.unused.push(path);
      }
    }
  }
  return report;
}

/** Null: it is gone meanwhile. */
async function sizeOf(path: string): Promise<number | null> {
  return await stat(path).then(
    (found) => found.size,
    () => null,
  );
}
