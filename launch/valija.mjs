#!/usr/bin/env -S node --
// The `valija` executable. Plain JavaScript: in a clean clone it runs on whatever Node ≥ 20 the system has, installs what
// is missing, and hands over to main.ts on the pinned Node. Nothing here may write to stdout (CONTRACT, Start).
import { buildClient, installMissing } from './prepare.mjs';
import { endWithAncestors } from './ancestors.mjs';
import { runOnPinnedNode } from './pinned-node.mjs';
import { beginAgainSparing, SPARING } from './spare-memory.mjs';

const args = process.argv.slice(2);
const [command, part] = args;
const wantsHelp = args.includes('--help') || args.includes('-h');
const isServer = (command === 'start' || command === 'serve') && !wantsHelp;

if (isServer) beginAgainSparing();
endWithAncestors();
try {
  const installed = await installMissing({ development: false });
  if (isServer && (command === 'start' || part === 'profile-server')) await buildClient();
  const env = isServer ? SPARING : {};
  await runOnPinnedNode('launch/main.ts', args, { inProcess: !installed, env });
} catch (error) {
  process.stderr.write(`valija: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
