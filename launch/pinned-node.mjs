// Runs a file on the Node that package.json pins, whatever Node the system has.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const PINNED_NODE = join(
  ROOT,
  'node_modules',
  '.bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
/** What Node has stripped and compiled is kept here: inside the installation, where no other user can put a file. */
const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'valija');

/**
 * Runs `file` (relative to the repository) with `args`, in this process when it already is the pinned Node.
 * The exit code becomes ours. `env` is for a process of its own only, and what is set already stays.
 */
export async function runOnPinnedNode(file, args, { inProcess, env: more = {} }) {
  const path = join(ROOT, file);
  if (inProcess && existsSync(PINNED_NODE) && realpathSync(process.execPath) === realpathSync(PINNED_NODE)) {
    module.enableCompileCache?.(COMPILE_CACHE);
    process.argv = [process.execPath, path, ...args];
    await import(pathToFileURL(path).href);
    return;
  }
  const env = { NODE_COMPILE_CACHE: COMPILE_CACHE, ...more, ...process.env };
  // After `--` Node takes no option as its own, wherever it stands: it would read --env-file instead of us.
  // The fourth descriptor is a channel that closes when this process is gone, even by SIGKILL: see launch/orphan.ts.
  const end = await runChild(PINNED_NODE, ['--', path, ...args], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  if (end.signal === null) process.exitCode = end.code;
  else process.kill(process.pid, end.signal);
}

/** Starts a program, hands on the signals that we get, and resolves with how it ended. Rejects when it cannot be started. */
export async function runChild(program, args, options) {
  const child = spawn(program, args, options);
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  } finally {
    for (const signal of signals) process.off(signal, forward);
    if (child.connected) child.disconnect();
  }
}
