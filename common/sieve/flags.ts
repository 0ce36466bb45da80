import { readLiteral, type Value } from './language/call.ts';
import type { CheckContext } from './language/definition.ts';
import type { Run } from './run.ts';

const SYSTEM_FLAGS: readonly string[] = ['\\answered', '\\flagged', '\\deleted', '\\seen', '\\draft'];
/** An atom of RFC 3501. */
const KEYWORD = /^[^\x00-\x20\x7f-\uffff(){%*"\\\]]+$/;
const MOST_FLAGS = 100;

/** Each flag once, whatever its case (RFC 5232 2); what IMAP has no flag for is passed over. */
export function splitFlags(texts: readonly string[]): string[] {
  const flags = new Map<string, string>();
  for (const flag of texts.flatMap((text) => text.split(/[ \t\r\n]+/))) {
    const key = flag.toLowerCase();
    const fits = flag.startsWith('\\') ? SYSTEM_FLAGS.includes(key) : KEYWORD.test(flag);
    if (fits && !flags.has(key) && flags.size < MOST_FLAGS) flags.set(key, flag);
  }
  return [...flags.values()];
}

/** The flags of a variable, or of the internal one (null). */
export function readFlags(run: Run, variable: string | null): readonly string[] {
  return variable === null ? run.flags : splitFlags([run.variables.get(variable.toLowerCase()) ?? '']);
}

/** The other way round; a variable holds them as one text with spaces between (RFC 5232 2). */
export function writeFlags(run: Run, variable: string | null, flags: readonly string[]): void {
  if (variable === null) run.flags = flags;
  else run.setVariable(variable, flags.join(' '));
}

/** The flags that an action stores with: its own, else those of the internal variable (RFC 5232 5). */
export function pickFlags(run: Run, own: Value | null | undefined): string[] {
  return own === undefined ? [...run.flags] : splitFlags(run.fillAll(own));
}

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A named variable needs the extension, and a name that can be one (RFC 5229 3). */
export function checkVariable(value: Value | undefined, context: CheckContext): void {
  if (value?.kind !== 'texts') return;
  if (!context.requires.has('variables')) {
    context.refuse('not-required', value, { name: '${…}', extension: 'variables' });
  }
  for (const text of value.texts) {
    const name = readLiteral(text);
    if (name === null || !VARIABLE_NAME.test(name))
      context.refuse('bad-variable', value, { name: name ?? '${…}' });
  }
}
