import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildShell } from '../../../desktop/main/build.ts';

/** Builds main and preload beside the smallest page that has everything the shell treats specially. */
export async function buildSmallClient(folder: string): Promise<string> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await buildShell(folder);
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><title>small</title><script src="/assets/app.js"></script>',
  );
  await writeFile(join(folder, 'frame.html'), '<!doctype html><title>frame</title>');
  await writeFile(join(folder, 'assets', 'app.js'), 'globalThis.started = typeof window.valija;');
  return join(folder, 'main.cjs');
}
