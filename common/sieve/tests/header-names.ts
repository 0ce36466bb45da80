import { readLiteral, type Value } from '../language/call.ts';
import type { CheckContext } from '../language/definition.ts';

/** RFC 5322 2.2: printable ASCII without a colon. */
const NAME = /^[\x21-\x39\x3b-\x7e]+$/;

/** Literal names must be names of header fields; with `among`, one of these. */
export function checkHeaderNames(
  value: Value | undefined,
  context: CheckContext,
  among: ReadonlySet<string> | null = null,
): void {
  for (const text of value?.kind === 'texts' ? value.texts : []) {
    const name = readLiteral(text);
    if (name === null || value === undefined) continue;
    const fits = NAME.test(name) && (among?.has(name.toLowerCase()) ?? true);
    if (!fits) context.refuse('bad-header-name', value, { name });
  }
}
