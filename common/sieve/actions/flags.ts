import { checkVariable, readFlags, splitFlags, writeFlags } from '../flags.ts';
import type { Call } from '../language/call.ts';
import type { ActionDefinition, CheckContext } from '../language/definition.ts';
import type { Run } from '../run.ts';

type Change = (before: readonly string[], given: readonly string[]) => readonly string[];

function has(flags: readonly string[], flag: string): boolean {
  return flags.some((one) => one.toLowerCase() === flag.toLowerCase());
}

/** RFC 5232 3. */
export const flagActions: Record<string, ActionDefinition> = {
  setflag: defineChange((_before, given) => given),
  addflag: defineChange((before, given) => splitFlags([...before, ...given])),
  removeflag: defineChange((before, given) => before.filter((flag) => !has(given, flag))),
};

function defineChange(change: Change): ActionDefinition {
  return {
    extension: 'imap4flags',
    takes: [['texts'], ['text', 'texts']],
    check(call: Call, context: CheckContext) {
      if (call.values.length > 1) checkVariable(call.values[0], context);
    },
    perform(call: Call, run: Run) {
      const [first, second] = call.values;
      const variable = second === undefined ? null : (run.fillAll(first)[0] ?? '');
      const given = splitFlags(run.fillAll(second ?? first));
      writeFlags(run, variable, change(readFlags(run, variable), given));
    },
  };
}
