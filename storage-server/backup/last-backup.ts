import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Millis } from '../../common/time.ts';

const FILE = 'last-backup.json';

/** Says in the data directory from when the last backup of all users is, for the server that runs beside. */
export async function noteBackup(dataDir: string, at: Millis): Promise<void> {
  const path = join(dataDir, FILE);
  await writeFile(`${path}.new`, `${JSON.stringify({ at })}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Null before the first one; what cannot be read counts as none. */
export async function readLastBackup(dataDir: string): Promise<Millis | null> {
  try {
    const { at } = JSON.parse(await readFile(join(dataDir, FILE), 'utf8')) as { at: unknown };
    return typeof at === 'number' && Number.isSafeInteger(at) ? at : null;
  } catch {
    return null;
  }
}
