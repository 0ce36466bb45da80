import type { Argument, SyntaxNode } from '../language/grammar.ts';
import { decodeLabel } from '../label-flag.ts';

/** What a command could be as an action of the form; `readForm` compares whether it is. */
export function readAction({ name, arguments: given }: SyntaxNode): unknown {
  const text = readText(given.at(-1)) ?? '';
  switch (name) {
    case 'fileinto':
      return { action: 'file', mailbox: text };
    case 'addflag':
      if (text === '\\Flagged') return { action: 'flag' };
      return text === '\\Seen' ? { action: 'mark-read' } : { action: 'label', label: decodeLabel(text) };
    case 'redirect':
      return { action: 'forward', address: text, keep: findTag(given, 'copy') >= 0 };
    case 'vacation': {
      const days = given[findTag(given, 'days') + 1];
      const subject = findTag(given, 'subject');
      return {
        action: 'vacation',
        subject: subject < 0 ? null : readText(given[subject + 1]),
        text,
        days: days?.kind === 'number' ? days.value : null,
      };
    }
    case 'discard':
    case 'stop':
      return { action: name };
    default:
      return null;
  }
}

function findTag(given: readonly Argument[], tag: string): number {
  return given.findIndex((argument) => argument.kind === 'tag' && argument.text === tag);
}

function readText(argument: Argument | undefined): string | null {
  return argument?.kind === 'strings' && argument.values.length === 1 ? (argument.values[0] ?? null) : null;
}
