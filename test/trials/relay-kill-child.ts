import { armCrashPoints } from '../../server-kit/crash-point.ts';

/** harness/relay-child.ts that kills itself when it passes crash point NAME for the Nth time: argv NAME N OPTIONS. NAME `-`: never. */
const [name = '', nth = '', options = ''] = process.argv.slice(2);
let left = Number(nth);
armCrashPoints((reached) => {
  if (reached === name && --left === 0) process.kill(process.pid, 'SIGKILL');
});
process.argv.splice(2, process.argv.length, options);
await import('../harness/relay-child.ts');
