import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DkimKey } from './keys.ts';

/**
 * Keys that the operator himself put into `DATA/dkim`: files named `DOMAIN.SELECTOR.pem`, the last by name the newest.
 * They have to be the same in the folders of all relays.
 */
export async function readFolderKeys(folder: string): Promise<DkimKey[]> {
  const keys: DkimKey[] = [];
  for (const file of await listFiles(folder)) {
    const match = /^(.+)\.([\w-]{1,63})\.pem$/.exec(file);
    const [, domain = '', selector = ''] = match ?? [];
    if (domain !== '') {
      keys.push({ domain, selector, privateKey: await readFile(join(folder, file), 'utf8') });
    }
  }
  return keys;
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
