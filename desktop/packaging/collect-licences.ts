import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { DRAWN_BY } from '../bundle-scripts.ts';

const DESKTOP = join(import.meta.dirname, '..');
const ENTRIES = ['main/main.ts', 'preload/preload.ts', 'renderer/main.tsx'];
/** Of the package that a file of node_modules belongs to, by its path in a bundle. */
const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** The licences of everything in the bundles, as they ask for it. Electron's and Chromium's own come with the binary. */
export async function collectLicences(): Promise<string> {
  const { metafile } = await build({
    absWorkingDir: DESKTOP,
    entryPoints: ENTRIES,
    outdir: '/',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    external: ['electron'],
    alias: DRAWN_BY,
    logLevel: 'silent',
  });
  const folders = new Map<string, string>();
  for (const file of Object.keys(metafile.inputs)) {
    const [start, name] = PACKAGE.exec(file) ?? [];
    if (start !== undefined && name !== undefined) folders.set(name, join(DESKTOP, start));
  }
  const texts = await Promise.all(
    [...folders.keys()].toSorted().map(async (name) => await describePackage(name, folders.get(name) ?? '')),
  );
  return texts.join(`\n${'='.repeat(80)}\n\n`);
}

async function describePackage(name: string, folder: string): Promise<string> {
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    version: string;
    license?: string;
  };
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.map(async (file) => await readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license ?? 'see below'})`, ...texts.map((text) => text.trim()), ''].join(
    '\n\n',
  );
}
