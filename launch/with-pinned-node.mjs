#!/usr/bin/env node
// `node launch/with-pinned-node.mjs FILE ARGS…` runs FILE on the pinned Node after installing what is missing.
import { installMissing } from './prepare.mjs';
import { runOnPinnedNode } from './pinned-node.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node launch/with-pinned-node.mjs FILE ARGS…\n');
  process.exit(2);
}
try {
  await installMissing({ development: true });
  await runOnPinnedNode(file, args, { inProcess: false });
} catch (error) {
  process.stderr.write(`valija: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
