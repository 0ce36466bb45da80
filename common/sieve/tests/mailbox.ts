import type { TestDefinition } from '../language/definition.ts';

/** RFC 5490 3.1. */
export const mailboxTests: Record<string, TestDefinition> = {
  mailboxexists: {
    extension: 'mailbox',
    takes: [['texts']],
    evaluate(call, run) {
      const { environment } = run;
      return run.fillAll(call.values[0]).every((path) => environment.mailboxExists?.(path) ?? false);
    },
  },
};
