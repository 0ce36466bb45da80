import { readGrammar, type SyntaxNode } from '../language/grammar.ts';
import { makeSieveError, SieveFailure } from '../problem.ts';

/** The commands of a script, or of a file of many rules, of at most `limit` UTF-16 units; MailError `invalid` when it does not fit the grammar. */
export function readSource(source: string, limit: number): SyntaxNode[] {
  try {
    return readGrammar(source, limit);
  } catch (error) {
    throw error instanceof SieveFailure ? makeSieveError(error.problem) : error;
  }
}
