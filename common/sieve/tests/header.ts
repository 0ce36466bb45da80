import type { TestDefinition } from '../language/definition.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';
import { checkHeaderNames } from './header-names.ts';
import { checkIndex, INDEX_TAGS, pickIndexed } from './header-index.ts';

/** RFC 5228 5.7 and 5.5. */
export const headerTests: Record<string, TestDefinition> = {
  header: {
    tags: [...MATCH_TAGS, ...INDEX_TAGS],
    takes: [['texts', 'texts']],
    check(call, context) {
      checkMatch(call, context);
      checkIndex(call, context);
      checkHeaderNames(call.values[0], context);
    },
    evaluate(call, run) {
      const names = run.fillAll(call.values[0]);
      const values = names.flatMap((name) => pickIndexed(call, run.headers.list(name)));
      return matchValues(call, run, values, run.fillAll(call.values[1]));
    },
  },
  exists: {
    takes: [['texts']],
    check: (call, context) => checkHeaderNames(call.values[0], context),
    evaluate: (call, run) => run.fillAll(call.values[0]).every((name) => run.headers.has(name)),
  },
};
