import { statSync } from 'node:fs';

/** False only where nothing is: what this process may not look at throws as the system says (EACCES), and is not missing. */
export function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
