import { writeForm } from '../../common/sieve/form/write-form.ts';
import type { RuleForm } from '../../common/shapes/rule.ts';
import type { KnownRule } from '../../storage-server/filing/ask/compile-rules.ts';

export type RuleKind = 'none' | 'header' | 'body';

/** Twenty rules as people make them, of which the last fits every mail; for `body` one of them looks at the text. */
export function makeRules(kind: RuleKind): (KnownRule & { name: string; position: number })[] {
  if (kind === 'none') return [];
  const forms = Array.from({ length: 20 }, (_, number): RuleForm => {
    const value = number === 19 ? '@' : `word${number}`;
    const test = (['from', 'subject', 'to', 'recipient'] as const)[number === 19 ? 0 : number % 4] ?? 'from';
    const body = kind === 'body' && number === 7;
    return {
      all: true,
      conditions: [
        body
          ? { test: 'body', match: 'contains', not: false, value: 'no such text' }
          : { test, match: 'contains', not: false, value },
      ],
      actions: [
        number === 19
          ? { action: 'file', mailbox: 'archive' }
          : { action: 'label', label: `Label ${number}` },
      ],
    };
  });
  return forms.map((form, position) => ({
    id: `rul_${position}`,
    name: `rule ${position}`,
    enabled: true,
    position,
    script: writeForm(form),
  }));
}
