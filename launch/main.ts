// `valija …` on the pinned Node: start and serve here, every other command in command/.
import { runCommand } from '../command/main.ts';
import { endWithParent } from './lifetime.ts';

const args = process.argv.slice(2);
endWithParent();

if (args[0] === 'start' || args[0] === 'serve') {
  const { runServers } = await import('./run.ts');
  process.exitCode = await runServers(args, process.env);
} else {
  // All is written and the session ended: a connection kept for reuse must not hold the prompt back.
  process.exit(await runCommand(args, process.env));
}
