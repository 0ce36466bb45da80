import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Runs one bench, `npm run bench -- NAME OPTIONS`; without a name the one of retrieval. Each prints its medians beside the peers'. */
const [first = 'retrieval', ...rest] = process.argv.slice(2);
const name = first.startsWith('-') ? 'retrieval' : first;
const options = first.startsWith('-') ? [first, ...rest] : rest;
const file = join(import.meta.dirname, name, `${name}.ts`);
if (!/^[\w-]+$/.test(name) || !existsSync(file)) {
  console.error(`there is no bench ${name}`);
  process.exitCode = 2;
} else {
  process.exitCode = spawnSync(process.execPath, [file, ...options], { stdio: 'inherit' }).status ?? 1;
}
