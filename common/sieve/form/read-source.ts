import { readGrammar, type SyntaxNode } from '../language/grammar.ts';
import { makeSieveError, SieveFailure } from '../problem.ts';

/** UTF-16 units of a file that holds many rules. */
export const MAX_RULE_FILE = 4 * 1024 * 1024;

/** The commands of a script or of a file of many rules; MailError `invalid` when it does not fit the grammar. */
export function readSource(source: string): SyntaxNode[] {
  try {
    return readGrammar(source, MAX_RULE_FILE);
  } catch (error) {
    throw error instanceof SieveFailure ? makeSieveError(error.problem) : error;
  }
}
