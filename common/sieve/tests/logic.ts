import type { TestDefinition } from '../language/definition.ts';

/** RFC 5228 5.2, 5.3, 5.8, 5.10. */
export const logicTests: Record<string, TestDefinition> = {
  true: { evaluate: () => true },
  false: { evaluate: () => false },
  not: { tests: 'one', evaluate: ({ tests }, run) => !tests.some((test) => run.test(test)) },
  allof: { tests: 'many', evaluate: ({ tests }, run) => tests.every((test) => run.test(test)) },
  anyof: { tests: 'many', evaluate: ({ tests }, run) => tests.some((test) => run.test(test)) },
};
