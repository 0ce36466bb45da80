import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const DESKTOP = join(import.meta.dirname, '..');

/**
 * Bundles main and preload into `folder`, which holds the built client already: main.cjs, preload.cjs (a sandboxed
 * preload has to be one CommonJS file) and icons/. Started by `electron FOLDER/main.cjs [--server=URL] [--lab]`.
 */
export async function buildShell(folder: string = join(DESKTOP, '.dist')): Promise<void> {
  await Promise.all([
    build({
      absWorkingDir: DESKTOP,
      entryPoints: { main: 'main/main.ts', preload: 'preload/preload.ts' },
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node24',
      external: ['electron'],
      define: { 'import.meta.dirname': '__dirname' },
      legalComments: 'none',
      logLevel: 'warning',
    }),
    cp(join(DESKTOP, 'main', 'icons'), join(folder, 'icons'), { recursive: true }),
  ]);
}
