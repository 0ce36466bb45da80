import type { TestDefinition } from '../language/definition.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';

/** RFC 5229 5. */
export const stringTests: Record<string, TestDefinition> = {
  string: {
    extension: 'variables',
    tags: MATCH_TAGS,
    takes: [['texts', 'texts']],
    check: checkMatch,
    evaluate(call, run) {
      const sources = run.fillAll(call.values[0]);
      // `:count` counts what is not empty.
      const values = call.tags.has('count') ? sources.filter((source) => source !== '') : sources;
      return matchValues(call, run, values, run.fillAll(call.values[1]));
    },
  },
};
