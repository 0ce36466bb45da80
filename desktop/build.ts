import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';

const HERE = import.meta.dirname;
const COMPRESSIBLE = /\.(?:html|js|css|svg|json|txt)$/;

/** What one build wrote: file names relative to the output folder. `first` is what the first page loads. */
export interface BuiltClient {
  folder: string;
  first: { scripts: string[]; styles: string[] };
  composer: string[];
}

/**
 * Bundles the renderer into `folder`: hashed files in assets/, index.html with the icon sprite, frame.html (the empty page
 * that mail HTML is put into), and everything compressed ahead beside it as .br and .gz.
 */
export async function buildClient(folder: string = join(HERE, '.dist')): Promise<BuiltClient> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'assets'), { recursive: true });
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: { app: 'renderer/main.tsx', style: 'renderer/styles/style.css', frame: 'renderer/styles/frame.css' },
    outdir: folder,
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome120', 'firefox121', 'safari17.4'],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const outputs = Object.entries(result.metafile.outputs);
  const ofEntry = (entry: string): string => {
    const found = outputs.find(([, output]) => output.entryPoint === entry);
    if (found === undefined) throw new Error(`nothing was built from ${entry}`);
    return found[0].slice(found[0].indexOf('assets/'));
  };
  const scripts = listStatic(ofEntry('renderer/main.tsx'), result.metafile.outputs);
  const styles = [ofEntry('renderer/styles/style.css')];
  const composer = listStatic(ofEntry('renderer/composer/composer.tsx'), result.metafile.outputs).filter(
    (file) => !scripts.includes(file),
  );
  await writeFile(join(folder, 'index.html'), await fillIndex(scripts, styles));
  const frameStyle = await readFile(join(folder, ofEntry('renderer/styles/frame.css')), 'utf8');
  const frame = await readFile(join(HERE, 'renderer/frame.html'), 'utf8');
  await writeFile(join(folder, 'frame.html'), frame.replace('/*style*/', () => frameStyle.trim()));
  await rm(join(folder, ofEntry('renderer/styles/frame.css')));
  await compressAll(folder);
  return { folder, first: { scripts, styles }, composer };
}

type Outputs = Record<string, { imports: { path: string; kind: string }[] }>;

/** A script and what it imports statically: all of it is needed before it runs. */
function listStatic(entry: string, outputs: Outputs): string[] {
  const found = [entry];
  for (const file of found) {
    const output = Object.entries(outputs).find(([name]) => name.endsWith(file))?.[1];
    for (const { path, kind } of output?.imports ?? []) {
      const name = path.slice(path.indexOf('assets/'));
      if (kind === 'import-statement' && !found.includes(name)) found.push(name);
    }
  }
  return found;
}

async function fillIndex(scripts: string[], styles: string[]): Promise<string> {
  const page = await readFile(join(HERE, 'renderer/index.html'), 'utf8');
  const icons = (await readFile(join(HERE, 'renderer/parts/icons.svg'), 'utf8')).replace(/>\s+</g, '><').trim();
  const logo = await readFile(join(HERE, 'renderer/parts/logo.svg'), 'utf8');
  const [app, ...preloaded] = scripts;
  const head = [
    `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(logo.trim())}">`,
    ...styles.map((file) => `<link rel="stylesheet" href="/${file}">`),
    ...preloaded.map((file) => `<link rel="modulepreload" href="/${file}">`),
    `<script type="module" src="/${app}"></script>`,
  ];
  return page.replace('<!--head-->', () => head.join('\n    ')).replace('<!--icons-->', () => icons);
}

async function compressAll(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  await Promise.all(
    files
      .filter((file) => file.isFile() && COMPRESSIBLE.test(file.name))
      .map(async (file) => {
        const path = join(file.parentPath, file.name);
        const bytes = await readFile(path);
        const [br, gz] = await Promise.all([
          promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
          promisify(gzip)(bytes, { level: 9 }),
        ]);
        await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
      }),
  );
}

if (import.meta.main) await buildClient();
