import { bindCommands, type Binding } from './language/bind-commands.ts';
import { readRequires } from './language/read-requires.ts';
import { readGrammar } from './language/grammar.ts';
import type { Script } from './language/call.ts';
import { SieveFailure, type SieveProblem } from './problem.ts';

const MOST_PROBLEMS = 20;

/** Reads and checks a script; of several problems the first 20, in their order. Never throws. */
export function parseScript(
  source: string,
  known: { mailboxes?: readonly string[] } = {},
): { script: Script } | { errors: SieveProblem[] } {
  const errors: SieveProblem[] = [];
  try {
    const nodes = readGrammar(source);
    const { requires, rest } = readRequires(nodes, errors);
    const binding: Binding = {
      requires,
      mailboxes: known.mailboxes ?? null,
      refuse: (code, at, params = {}) => errors.push({ code, line: at.line, column: at.column, params }),
    };
    const commands = bindCommands(rest, binding);
    if (errors.length === 0) return { script: { commands, requires } };
  } catch (error) {
    if (!(error instanceof SieveFailure)) throw error;
    errors.push(error.problem);
  }
  return { errors: errors.slice(0, MOST_PROBLEMS) };
}
