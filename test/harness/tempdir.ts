import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh directory for one test server, and how to remove it. */
export function makeTempDir(name: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `valija-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
