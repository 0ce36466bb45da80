import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run bench -- store NAME OPTIONS`: one of the measurements of the store. */
const [name = '', ...options] = process.argv.slice(2);
// No file is called index: that says nothing.
const file = join(import.meta.dirname, `${name === 'index' ? 'indexing' : name}.ts`);
if (!/^[a-z]+$/.test(name) || name === 'store' || !existsSync(file)) {
  console.error(`there is no bench store ${name}`);
  process.exitCode = 2;
} else {
  process.exitCode = spawnSync(process.execPath, [file, ...options], { stdio: 'inherit' }).status ?? 1;
}
