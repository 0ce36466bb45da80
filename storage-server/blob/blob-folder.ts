import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Few folders, all there from the start: making one costs a sync of its own. */
export function blobPath(folder: string, id: string): string {
  return join(folder, id.slice(0, 1), id);
}

/** Makes the folder and takes away what an earlier process left half-written: only these packs are still needed. */
export function prepareFolder(folder: string, packs: readonly number[]): void {
  mkdirSync(join(folder, 'incoming'), { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, 'packs'), { recursive: true, mode: 0o700 });
  const made = Array.from(ALPHABET, (letter) =>
    mkdirSync(join(folder, letter), { recursive: true, mode: 0o700 }),
  );
  if (made.some((path) => path !== undefined)) syncFolder(folder);
  for (const name of readdirSync(join(folder, 'incoming'))) rmSync(join(folder, 'incoming', name));
  const needed = new Set(packs.map((pack) => `${pack}.pack`));
  for (const name of readdirSync(join(folder, 'packs'))) {
    if (!needed.has(name)) rmSync(join(folder, 'packs', name));
  }
}

export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
