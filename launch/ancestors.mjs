// npm and npx run us below a shell, which ends by a signal without handing it on: then we are to end too.
import { readFileSync } from 'node:fs';

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

/** Parent and, where the system tells (Linux), its parent: that is npm when a shell is between. */
function readAncestors() {
  return `${process.ppid} ${readParentOf(process.ppid)}`;
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
