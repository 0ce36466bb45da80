import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

export interface BundledScripts {
  /** Name to text. Every name carries the hash of the whole build, since the files name each other. */
  files: Map<string, string>;
  first: string;
  /** What a lazily loaded module needs besides the first file. */
  listNeeded(entry: string): string[];
}

interface Split {
  files: Map<string, { text: string; imports: string[]; exports: string[]; entry: string | null }>;
  first: string;
}

/** The screens are written for React and drawn by Preact, a fourteenth of its size (docs/client.md). */
export const DRAWN_BY = { react: 'preact/compat' };

const COMMON: BuildOptions = {
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome120', 'firefox121', 'safari17.4'],
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
  alias: DRAWN_BY,
};
const BUILD = '__BUILD__';

/**
 * Scripts in as few files as pages need. esbuild cuts what several lazily loaded parts share into many chunks; those that
 * the first page loads anyway are joined again into one file, and the lazily loaded ones import from that.
 */
export async function bundleScripts(folder: string, entry: string): Promise<BundledScripts> {
  const split = await splitScripts(folder, entry);
  const firstNames = addSmall(split, listStatic(split, split.first));
  const joined = new Map<string, string>();
  const firstText = await joinFirst(split, firstNames);
  joined.set(split.first, firstText);
  await Promise.all(
    [...split.files.keys()]
      .filter((name) => !firstNames.includes(name))
      .map(async (name) => joined.set(name, await linkLater(split, firstNames, name))),
  );
  const hash = createHash('sha256');
  for (const name of [...joined.keys()].sort()) hash.update(`${name}\n${joined.get(name)}`);
  const digest = hash.digest('hex').slice(0, 10);
  const nameOf = (name: string): string => name.replace(/\.js$/, `-${digest}.js`);
  return {
    files: new Map([...joined].map(([name, text]) => [nameOf(name), text.replaceAll(BUILD, digest)])),
    first: nameOf(split.first),
    listNeeded: (module) => {
      const found = [...split.files].find(([, file]) => file.entry === module)?.[0];
      if (found === undefined) throw new Error(`${module} is not loaded lazily`);
      return listStatic(split, found)
        .filter((name) => !firstNames.includes(name))
        .map(nameOf);
    },
  };
}

/** A script that stands in the page and runs at once. */
export async function bundleInline(folder: string, entry: string): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    absWorkingDir: folder,
    entryPoints: [entry],
    format: 'iife',
    outdir: '/',
  });
  const text = outputFiles?.[0]?.text.trim() ?? '';
  if (/<\/script/i.test(text)) throw new Error(`${entry} would end its own element`);
  return text;
}

async function splitScripts(folder: string, entry: string): Promise<Split> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    absWorkingDir: folder,
    entryPoints: { app: entry },
    outdir: '/',
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
  });
  const files: Split['files'] = new Map();
  for (const [path, output] of Object.entries(metafile?.outputs ?? {})) {
    const name = basename(path);
    const statics = output.imports.filter(({ kind }) => kind === 'import-statement');
    files.set(name, {
      text: outputFiles?.find((file) => basename(file.path) === name)?.text ?? '',
      imports: statics.map(({ path }) => basename(path)),
      exports: output.exports,
      entry: output.entryPoint ?? null,
    });
  }
  return { files, first: 'app.js' };
}

/** A script and what it imports statically: all of it is needed before it runs. */
function listStatic(split: Split, entry: string): string[] {
  const found = [entry];
  for (const name of found) {
    for (const needed of split.files.get(name)?.imports ?? []) {
      if (!found.includes(needed)) found.push(needed);
    }
  }
  return found;
}

/** Bytes of a chunk that are fewer than what asking for it costs, above all in time. */
const SMALL = 1000;

/** With the small chunks that several lazy parts share: opening the first mail took fifteen requests. */
function addSmall(split: Split, first: readonly string[]): string[] {
  const names = new Set(first);
  for (let before = 0; before !== names.size;) {
    before = names.size;
    for (const [name, { text, entry, imports }] of split.files) {
      const isSmall = entry === null && text.length <= SMALL;
      // Never one that would draw in a chunk that is not small.
      if (isSmall && imports.every((needed) => names.has(needed))) names.add(name);
    }
  }
  return [...names];
}

/** One file of all that the first page loads; it exports under new names what later files ask of it. */
async function joinFirst(split: Split, names: readonly string[]): Promise<string> {
  const lines = names.flatMap((name, at) => {
    const exports = split.files.get(name)?.exports ?? [];
    const list = exports.map((one) => `${one} as ${makeName(at, one)}`).join(', ');
    return exports.length === 0 ? [`import './${name}';`] : [`export { ${list} } from './${name}';`];
  });
  return await bundleText(lines.join('\n'), {
    name: 'first',
    setup: (hooks) => {
      hooks.onResolve({ filter: /^\.\// }, ({ path, kind }) =>
        kind === 'dynamic-import' || !names.includes(basename(path))
          ? { path: markBuild(path), external: true }
          : { path, namespace: 'split' },
      );
      hooks.onLoad({ filter: /.*/, namespace: 'split' }, ({ path }) => ({
        contents: split.files.get(basename(path))?.text ?? '',
        loader: 'js',
      }));
    },
  });
}

/** A lazily loaded file whose imports of joined chunks go to the first file. */
async function linkLater(split: Split, firstNames: readonly string[], name: string): Promise<string> {
  const text = split.files.get(name)?.text ?? '';
  return await bundleText(text, {
    name: 'later',
    setup: (hooks) => {
      hooks.onResolve({ filter: /^\.\// }, ({ path, kind, namespace }) => {
        const at = firstNames.indexOf(basename(path));
        const links = at !== -1 && kind !== 'dynamic-import' && namespace !== 'link';
        return links ? { path, namespace: 'link' } : { path: markBuild(path), external: true };
      });
      hooks.onLoad({ filter: /.*/, namespace: 'link' }, ({ path }) => {
        const at = firstNames.indexOf(basename(path));
        const exports = split.files.get(basename(path))?.exports ?? [];
        const list = exports.map((one) => `${makeName(at, one)} as ${one}`).join(', ');
        return { contents: `export { ${list} } from './${split.first}';`, loader: 'js' };
      });
    },
  });
}

function makeName(chunk: number, name: string): string {
  return `c${chunk}_${name}`;
}

function markBuild(path: string): string {
  return path.replace(/\.js$/, `-${BUILD}.js`);
}

async function bundleText(text: string, plugin: Plugin): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    stdin: { contents: text, resolveDir: '/', loader: 'js' },
    plugins: [plugin],
  });
  return outputFiles?.[0]?.text ?? '';
}
