// `valija …` on the pinned Node: start and serve here, every other command in command/.
import { setFlagsFromString } from 'node:v8';
import { runCommand } from '../command/main.ts';
import { endWithParent } from './lifetime.ts';
import { OPERATORS } from './operators.ts';

const typed = process.argv.slice(2);
const [first = '', second = ''] = typed;
const isServer = (word: string): boolean => word === 'start' || word === 'serve';
const args = first === 'help' && isServer(second) ? [second, '--help'] : typed;
endWithParent();

if (isServer(args[0] ?? '')) {
  // Servers stay: room for short-lived values that grows and is not given back costs each thread 50 MiB and more. Where that
  // room is small, the other must not be looked through every few MiB.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--initial-old-space-size=24');
  const { runServers } = await import('./run.ts');
  process.exitCode = await runServers(args, process.env);
} else {
  // All is written and the session ended: a connection kept for reuse must not hold the prompt back.
  process.exit(await runCommand(args, process.env, OPERATORS));
}
