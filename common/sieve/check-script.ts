import { parseScript } from './parse-script.ts';
import type { SieveProblem } from './problem.ts';

/** What is wrong with a script; nothing when it may be kept. */
export function checkScript(source: string, known: { mailboxes?: readonly string[] } = {}): SieveProblem[] {
  const parsed = parseScript(source, known);
  return 'errors' in parsed ? parsed.errors : [];
}
