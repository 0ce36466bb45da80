import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { makeBuilderConfig, type PackagingFacts } from './builder-config.ts';
import { stageApp } from './stage-app.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');

/** What is used of electron-builder, which is installed beside this file and not with everything else: only packaging needs it. */
interface Builder {
  build: (options: object) => Promise<string[]>;
  Platform: Record<
    'LINUX' | 'MAC' | 'WINDOWS',
    { createTarget(kind?: string | null): Map<unknown, unknown> }
  >;
}

const USAGE = `npm run package -- [--linux] [--mac] [--win] [--dir] [--out FOLDER] [--electron FOLDER] [--dictionaries FOLDER]

Packages of the desktop program, for this system where none is named; docs/packaging.md.
  --dir           the unpacked program only
  --out           where they go; desktop/.packages
  --electron      Electron's unpacked binary, where it is not to be fetched
  --dictionaries  .bdic files for the spell check
`;

/** Builds what the arguments say, see USAGE; returns the files. */
export async function packageApp(args: string[]): Promise<string[]> {
  const { values } = parseArgs({
    args,
    options: {
      linux: { type: 'boolean' },
      mac: { type: 'boolean' },
      win: { type: 'boolean' },
      dir: { type: 'boolean' },
      out: { type: 'string' },
      electron: { type: 'string' },
      dictionaries: { type: 'string' },
    },
  });
  const output = values.out ?? join(ROOT, 'desktop/.packages');
  const facts: PackagingFacts = {
    version: readVersion(join(ROOT, 'package.json')),
    electronVersion: readVersion(join(ROOT, 'node_modules/electron/package.json')),
    app: join(output, 'app'),
    output,
    electron: values.electron ?? null,
    dictionaries: values.dictionaries ?? null,
    maintainer: process.env['VALIJA_MAINTAINER'] ?? 'Valija <root@localhost>',
  };
  await stageApp(facts.app, facts.version);
  const { build, Platform } = loadBuilder();
  const wanted = (['linux', 'mac', 'win'] as const).filter((system) => values[system] === true);
  const systems = wanted.length > 0 ? wanted : [nameSystem()];
  const platforms = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS };
  const targets = new Map(
    systems.flatMap((system) => [...platforms[system].createTarget(values.dir === true ? 'dir' : null)]),
  );
  return await build({ projectDir: HERE, targets, config: makeBuilderConfig(facts), publish: 'never' });
}

function nameSystem(): 'linux' | 'mac' | 'win' {
  if (process.platform === 'darwin') return 'mac';
  return process.platform === 'win32' ? 'win' : 'linux';
}

function readVersion(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Installs electron-builder as package-lock.json beside this file says, where it is not there yet. */
function loadBuilder(): Builder {
  if (!existsSync(join(HERE, 'node_modules/electron-builder'))) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status } = spawnSync(npm, args, {
      cwd: HERE,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error('electron-builder could not be installed');
  }
  return createRequire(join(HERE, 'package.json'))('electron-builder') as Builder;
}

if (import.meta.main && process.argv.includes('--help')) process.stdout.write(USAGE);
else if (import.meta.main) {
  for (const file of await packageApp(process.argv.slice(2))) process.stdout.write(`${file}\n`);
}
