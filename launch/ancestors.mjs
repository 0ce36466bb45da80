// npm and npx run us below a shell, which ends by a signal without handing it on: then we are to end too.
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';

const EVERY_MS = 250;

/** Ends this process by SIGTERM when npm, or the shell between npm and us, is gone. Without npm it does nothing. */
export function endWithAncestors() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const first = readAncestors();
  const timer = setInterval(() => {
    if (readAncestors() === first) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS);
  timer.unref();
}

/**
 * The parent and, where the system tells (Linux) that a shell is between, its parent, which is npm. Who started npm may go:
 * a terminal that is closed after `nohup npm start &` ends nothing.
 */
function readAncestors() {
  const parent = process.ppid;
  return isNpm(parent) ? `${parent}` : `${parent} ${readParentOf(parent)}`;
}

/** npm names the Node that it runs on itself; no shell is that program. */
function isNpm(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === realpathSync(process.env.npm_node_execpath ?? '');
  } catch {
    return false;
  }
}

function readParentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in brackets, may hold anything; state and parent follow the last one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return '';
  }
}
