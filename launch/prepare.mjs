// What a clean clone lacks: the packages of package-lock.json and the web client. All output goes to stderr.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { holdLock } from './lock.mjs';
import { PINNED_NODE, ROOT, runChild } from './pinned-node.mjs';

const CLIENT = join(ROOT, 'desktop', '.dist');
/** Everything that the built client is made of, relative to the repository. */
const CLIENT_SOURCES = ['desktop', 'common', 'package-lock.json'];

/** Installs packages when those on disk are not those of package-lock.json; returns whether it had to. */
export async function installMissing({ development }) {
  if (isInstalled(development)) return false;
  return await holdLock('install', async () => {
    if (isInstalled(development)) return false;
    process.stderr.write('Installing what Valija needs (once)…\n');
    const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress'];
    // NODE_ENV=production or an `omit` setting would leave out what tests need.
    if (development) args.push('--include=dev');
    await runVisibly(...findNpm(), args);
    return true;
  });
}

/**
 * Builds the web client when it is missing or older than its sources. When that fails, the servers start all the same:
 * mail must not wait for a page.
 */
export async function buildClient() {
  if (isClientBuilt()) return;
  await holdLock('build', async () => {
    if (isClientBuilt()) return;
    process.stderr.write('Building the web client…\n');
    try {
      await runVisibly(PINNED_NODE, [], [join(ROOT, 'desktop', 'build.ts')]);
    } catch (error) {
      process.stderr.write(`valija: the web client could not be built: ${error.message}\n`);
    }
  });
}

async function runVisibly(program, firstArgs, args) {
  const end = await runChild(program, [...firstArgs, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (end.code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${end.signal ?? end.code}`);
}

/** npm as the npm that runs us, if one does; else the one on PATH. */
function findNpm() {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) return [process.execPath, [cli]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** Compares package-lock.json with the list that npm leaves in node_modules. Packages that npm may omit do not count unless `development`. */
function isInstalled(development) {
  if (!existsSync(PINNED_NODE)) return false;
  const wanted = readPackages('package-lock.json');
  const present = readPackages(join('node_modules', '.package-lock.json'));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (found !== undefined) return found.version === entry.version && found.integrity === entry.integrity;
    return entry.optional === true || entry.devOptional === true || (entry.dev === true && !development);
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

function isClientBuilt() {
  const built = findNewest(CLIENT);
  return built > 0 && CLIENT_SOURCES.every((source) => findNewest(join(ROOT, source)) <= built);
}

/** The latest change in ms of a file, or of the files in a folder; 0 when there is none. What we generate ourselves does not count as a source. */
function findNewest(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  let newest = 0;
  for (const name of readdirSync(path)) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    newest = Math.max(newest, findNewest(join(path, name)));
  }
  return newest;
}
