import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** An empty tsconfig makes `tsc -b` write .js beside the sources; what is not ours by name is refused here. */
const OURS = new Set([
  'launch/valija.mjs',
  'launch/with-pinned-node.mjs',
  'launch/prepare.mjs',
  'launch/pinned-node.mjs',
  'launch/lock.mjs',
  'launch/ancestors.mjs',
  'launch/spare-memory.mjs',
  // Written by hand: a package has no types for these of its parts.
  'storage-server/origin/mailauth-parts.d.ts',
]);
const root = join(import.meta.dirname, '..');
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const strays = listed
  .split('\n')
  .filter((file) => /\.(c|m)?jsx?$|\.d\.ts$|\.js\.map$/.test(file) && !OURS.has(file));
for (const stray of strays) console.error(`generated or foreign file: ${stray}`);
process.exitCode = strays.length > 0 ? 1 : 0;
