import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

/** Keys are looked for again after this long: a new one works without a restart. */
const FRESH_FOR_MS = 60_000;

/**
 * Finds the key of a domain in `DATA/dkim`: files named `DOMAIN.SELECTOR.pem`, put there by the
 * operator. With several for a domain the last by name signs, so a new selector can be added first.
 */
export function makeKeyFinder(
  folder: string,
  now: () => number,
): (domain: string) => Promise<DkimKey | null> {
  let files: readonly string[] = [];
  let readAt = -Infinity;
  return async (domain) => {
    if (domain === '') return null;
    if (now() - readAt > FRESH_FOR_MS) {
      files = await listFiles(folder);
      readAt = now();
    }
    const selectors = files.flatMap((file) => selectorFor(file, domain) ?? []);
    const selector = selectors.at(-1);
    if (selector === undefined) return null;
    return {
      domain,
      selector,
      privateKey: await readFile(join(folder, `${domain}.${selector}.pem`), 'utf8'),
    };
  };
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function selectorFor(file: string, domain: string): string | null {
  if (!file.startsWith(`${domain}.`) || !file.endsWith('.pem')) return null;
  const selector = file.slice(domain.length + 1, -'.pem'.length);
  return /^[\w-]{1,63}$/.test(selector) ? selector : null;
}
