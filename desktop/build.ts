import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { bundleInline, bundleScripts } from './bundle-scripts.ts';
import { buildShell } from './main/build.ts';

const HERE = import.meta.dirname;
const COMPRESSIBLE = /\.(?:html|js|css|svg|json|txt)$/;

/** What one build wrote: file names relative to `folder`. */
export interface BuiltClient {
  folder: string;
  /** What the first page loads besides itself; its style stands in it. */
  first: string[];
  /** What the composer loads besides. */
  composer: string[];
}

/**
 * Bundles the renderer into `folder`: hashed files in assets/, index.html with the icon sprite, frame.html (the empty page
 * that mail HTML is put into), and everything compressed ahead beside it as .br and .gz.
 */
export async function buildClient(folder: string = join(HERE, '.dist')): Promise<BuiltClient> {
  const [scripts, ahead, style, frameStyle] = await Promise.all([
    bundleScripts(HERE, 'renderer/main.tsx'),
    bundleInline(HERE, 'renderer/ahead/ahead.ts'),
    bundleStyle('renderer/styles/style.css'),
    bundleStyle('renderer/styles/frame.css'),
  ]);
  const frame = await readFile(join(HERE, 'renderer/frame.html'), 'utf8');
  const files = new Map([...scripts.files].map(([name, text]) => [`assets/${name}`, text]));
  files.set('index.html', await fillIndex(`assets/${scripts.first}`, { ahead, style }));
  files.set(
    'frame.html',
    frame.replace('/*style*/', () => frameStyle),
  );
  await Promise.all(
    [...files].map(async ([name, text]) => await writeWithCompressed(join(folder, name), text)),
  );
  await removeOld(join(folder, 'assets'));
  return {
    folder,
    first: [`assets/${scripts.first}`],
    composer: scripts.listNeeded('renderer/composer/composer.tsx').map((name) => `assets/${name}`),
  };
}

async function bundleStyle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    target: ['chrome120', 'firefox121', 'safari17.4'],
    write: false,
    logLevel: 'warning',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`nothing was built from ${entry}`);
  return output.text.trim();
}

async function fillIndex(script: string, own: { ahead: string; style: string }): Promise<string> {
  const page = await readFile(join(HERE, 'renderer/index.html'), 'utf8');
  const icons = (await readFile(join(HERE, 'renderer/parts/icons.svg'), 'utf8'))
    .replace(/>\s+</g, '><')
    .trim();
  const logo = await readFile(join(HERE, 'renderer/parts/logo.svg'), 'utf8');
  // The script first: it is the largest by far. What asks ahead runs before the rest of the page is there. The style in the
  // page is a request less. The policy names both by their hashes.
  const head = [
    `<script type="module" src="/${script}"></script>`,
    `<script data-hash="${hashText(own.ahead)}">${own.ahead}</script>`,
    `<style data-hash="${hashText(own.style)}">${own.style}</style>`,
    `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(logo.trim())}">`,
  ];
  return page.replace('<!--head-->', () => head.join('\n    ')).replace('<!--icons-->', () => icons);
}

function hashText(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** A client that is open still asks for the files of the build that it came from: they stay a day. */
async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs > 24 * 3_600_000) await rm(path);
  }
}

async function writeWithCompressed(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const bytes = Buffer.from(text);
  if (!COMPRESSIBLE.test(path)) return await writeFile(path, bytes);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(path, bytes), writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}

if (import.meta.main) {
  await buildClient();
  await buildShell();
}
