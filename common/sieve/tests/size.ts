import type { TestDefinition } from '../language/definition.ts';

/** RFC 5228 5.9. */
export const sizeTests: Record<string, TestDefinition> = {
  size: {
    tags: [
      { name: 'over', group: 'limit' },
      { name: 'under', group: 'limit' },
    ],
    takes: [['number']],
    check(call, context) {
      if (call.tags.size === 0) context.refuse('tag-needs-value', call, { tag: ':over / :under' });
    },
    evaluate({ tags, values: [limit] }, { mail }) {
      if (limit?.kind !== 'number') return false;
      return tags.has('over') ? mail.size > limit.number : mail.size < limit.number;
    },
  },
};
