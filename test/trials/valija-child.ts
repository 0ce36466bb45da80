import { join } from 'node:path';
import { armCrashPoints } from '../../server-kit/crash-point.ts';
import { ROOT } from '../harness/server-process.ts';

/** `valija ARGS` that kills itself when it passes crash point NAME for the Nth time: argv NAME N ARGS. NAME `-`: never. */
const [name = '', nth = '', ...args] = process.argv.slice(2);
let left = Number(nth);
armCrashPoints((reached) => {
  if (reached === name && --left === 0) process.kill(process.pid, 'SIGKILL');
});
process.argv.splice(1, process.argv.length, join(ROOT, 'launch', 'main.ts'), ...args);
await import('../../launch/main.ts');
