import { parseArgs } from 'node:util';
import type { Typed } from './call.ts';
import { makeUsageError } from './failure.ts';
import type { CommandEntry, OptionKind } from './table.ts';

/** Checks what was typed against the command's entry; MailError usage names the first thing that is wrong. */
export function readArguments(entry: CommandEntry, args: string[]): Typed {
  const kinds: Record<string, OptionKind> = { ...entry.options, json: 'flag', help: 'flag' };
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(kinds).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }]),
    ),
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind === 'option') {
      const kind = Object.hasOwn(kinds, token.name) ? kinds[token.name] : undefined;
      const value = readOption(token.rawName, kind, token.value, token.inlineValue === true);
      const before = values.get(token.name);
      // The last of several wins, as people who edit a line by appending expect.
      values.set(token.name, kind === 'texts' && before ? [...before, value] : [value]);
    }
  }
  checkWords(entry, words);
  for (const name of entry.required ?? []) {
    if (!values.has(name)) throw makeUsageError('missing-option', { option: `--${name}` });
  }
  return {
    words,
    text: (name) => values.get(name)?.[0],
    texts: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
  };
}

function readOption(
  option: string,
  kind: string | undefined,
  value: string | undefined,
  inline: boolean,
): string {
  if (kind === undefined) throw makeUsageError('unknown-option', { option });
  if (kind === 'flag') {
    if (value !== undefined) throw makeUsageError('option-takes-no-value', { option });
    return '';
  }
  if (value === undefined || (!inline && value.startsWith('--'))) {
    throw makeUsageError('option-needs-value', { option });
  }
  return value;
}

function checkWords(entry: CommandEntry, words: string[]): void {
  const names = entry.words ?? [];
  names.forEach((name, index) => {
    if (words[index] === undefined && !name.endsWith('?')) {
      throw makeUsageError('missing-argument', { argument: name.replace('…', '') });
    }
  });
  const extra = words[names.length];
  if (extra !== undefined && names.at(-1)?.includes('…') !== true) {
    throw makeUsageError('too-many-arguments', { argument: extra });
  }
}
