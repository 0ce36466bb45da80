import { checkVariable, readFlags } from '../flags.ts';
import type { TestDefinition } from '../language/definition.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';

/** RFC 5232 4. */
export const flagTests: Record<string, TestDefinition> = {
  hasflag: {
    extension: 'imap4flags',
    tags: MATCH_TAGS,
    takes: [['texts'], ['texts', 'texts']],
    check(call, context) {
      checkMatch(call, context);
      if (call.values.length > 1) checkVariable(call.values[0], context);
    },
    evaluate(call, run) {
      const [first, second] = call.values;
      const names = second === undefined ? [null] : run.fillAll(first);
      const flags = names.flatMap((name) => readFlags(run, name));
      // A key may name several flags too.
      const keys = run.fillAll(second ?? first).flatMap((key) => key.split(/[ \t\r\n]+/));
      return matchValues(call, run, flags, keys.length > 1 ? keys.filter((key) => key !== '') : keys);
    },
  },
};
