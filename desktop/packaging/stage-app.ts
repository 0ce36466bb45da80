import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { buildClient } from '../build.ts';
import { buildShell } from '../main/build.ts';
import { collectLicences } from './collect-licences.ts';

const LOGO = join(import.meta.dirname, '../renderer/parts/logo.svg');
/** Largest picture that macOS asks of a symbol, in pixels. */
const SYMBOL = 1024;

/**
 * Builds what is packed into `folder`, from nothing: the client's pages without the forms that only a web server sends, main
 * and preload as one file each, and no package of npm beside them.
 */
export async function stageApp(folder: string, version: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await buildClient(folder);
  await buildShell(folder);
  const files = await readdir(folder, { recursive: true });
  await Promise.all(
    files.filter((file) => /\.(?:br|gz)$/.test(file)).map(async (file) => await rm(join(folder, file))),
  );
  await Promise.all([
    sharp(LOGO, { density: (72 * SYMBOL) / 32 })
      .resize(SYMBOL)
      .png()
      .toFile(join(folder, 'icons', 'package.png')),
    writeFile(join(folder, 'LICENSES.txt'), await collectLicences()),
    writeFile(join(folder, 'package.json'), JSON.stringify(describeApp(version), null, 2)),
  ]);
}

function describeApp(version: string): object {
  return {
    name: 'valija',
    productName: 'Valija',
    version,
    description: 'Every POP3 maildrop in one inbox, on any PC, with nothing to configure.',
    homepage: 'https://valija.invalid/',
    author: 'Valija',
    license: 'MIT',
    main: 'main.cjs',
    // Of the Linux menu entry: windows and mailto: links are tied to it.
    desktopName: 'valija.desktop',
  };
}
