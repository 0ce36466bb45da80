import { rmSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { reach } from '../../server-kit/crash-point.ts';
import type { BlobRows } from './blob-row-store.ts';
import { packPath } from './pack-reader.ts';
import type { PackedBlob, PackWriter } from './pack-writer.ts';

/** Where packs are written anew; `packs` writes compressed ones. */
export interface PackShelf {
  rows: BlobRows;
  packs: PackWriter;
  folder: string;
  key: KeyObject;
}

/**
 * Moves what `add` puts into the writer, some of `blobs`, out of `pack`; true when nothing was left in it, so that its file is
 * gone. The copies are durable before a row names them, the rows before the file goes.
 */
export function moveBlobs(
  { rows, packs, folder }: PackShelf,
  pack: number,
  blobs: readonly PackedBlob[],
  add: () => void,
): boolean {
  const former = new Map(blobs.map(({ id, place }) => [id, place]));
  try {
    add();
    const moved = packs.finish();
    reach('compressed');
    const ended = rows.transact(() => {
      for (const { id, place } of moved) rows.move(id, former.get(id)!, place);
      packs.count(moved, rows);
      return rows.endPack(pack);
    });
    packs.keep();
    reach('moved');
    if (ended) rmSync(packPath(folder, pack), { force: true });
    return ended;
  } catch (error) {
    packs.undo();
    throw error;
  }
}
