import type { SieveAction, SieveResult } from './action.ts';
import { ACTIONS } from './actions/actions.ts';
import type { Command, Script } from './language/call.ts';
import type { SieveEnvironment, SieveMail } from './mail.ts';
import { SieveFailure } from './problem.ts';
import { Run } from './run.ts';

/**
 * What scripts want done with a mail. Several run as one script would that holds them all: flags and variables stay,
 * `stop` ends them all, and one keep is implied unless an action of any cancels it (RFC 5228 2.10.2). A script that fails
 * has no part in the actions, and the next one runs. Never throws.
 */
export function evaluate(
  scripts: Script | readonly Script[],
  mail: SieveMail,
  environment: SieveEnvironment,
): SieveResult {
  const run = new Run(mail, environment);
  const problems: SieveResult['problems'] = [];
  const list = 'commands' in scripts ? [scripts] : scripts;
  for (const [index, script] of list.entries()) {
    const before = run.save();
    run.script = script;
    try {
      perform(script.commands, run);
    } catch (error) {
      if (!(error instanceof SieveFailure)) throw error;
      run.restore(before);
      problems.push({ script: index, problem: error.problem });
    }
    if (run.stopped) break;
  }
  return { actions: finish(run), problems };
}

function perform(commands: readonly Command[], run: Run): void {
  for (const command of commands) {
    if (command.kind === 'if') {
      const taken = command.branches.find(({ test }) => test === null || run.test(test));
      if (taken !== undefined) perform(taken.block, run);
    } else {
      run.step(command.call);
      ACTIONS.get(command.call.name)?.perform(command.call, run);
    }
    if (run.stopped) return;
  }
}

function finish(run: Run): SieveAction[] {
  if (!run.keeps) return run.actions;
  const kept = run.actions.some((action) => action.kind === 'keep');
  return kept ? run.actions : [...run.actions, { kind: 'keep', flags: [...run.flags], implicit: true }];
}
