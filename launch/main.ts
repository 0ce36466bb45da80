// `valija …` on the pinned Node: start and serve here, every other command in command/.
import { runCommand } from '../command/main.ts';
import { setEngineFlags } from './engine-flags.ts';
import { endWithParent } from './lifetime.ts';
import { OPERATORS } from './operators.ts';

const typed = process.argv.slice(2);
const [first = '', second = ''] = typed;
const isServer = (word: string): boolean => word === 'start' || word === 'serve';
const args = first === 'help' && isServer(second) ? [second, '--help'] : typed;
endWithParent();

if (isServer(args[0] ?? '')) {
  setEngineFlags();
  const { runServers } = await import('./run.ts');
  process.exitCode = await runServers(args, process.env);
} else {
  // All is written and the session ended: a connection kept for reuse must not hold the prompt back.
  process.exit(await runCommand(args, process.env, OPERATORS));
}
