import { MailError } from '../errors.ts';

/** Where something stands in a script; both count from 1, columns in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

export type SieveCode =
  | 'too-long'
  | 'bad-character'
  | 'unclosed-comment'
  | 'unclosed-string'
  | 'bad-number'
  | 'bad-tag'
  | 'expected'
  | 'too-deep'
  | 'unknown-command'
  | 'unknown-test'
  | 'unknown-extension'
  | 'no-regex'
  | 'no-reject'
  | 'not-required'
  | 'require-first'
  | 'misplaced-else'
  | 'unknown-tag'
  | 'tag-twice'
  | 'tags-exclude'
  | 'tag-needs-value'
  | 'wrong-arguments'
  | 'no-block'
  | 'needs-block'
  | 'bad-value'
  | 'bad-header-name'
  | 'bad-address'
  | 'bad-variable'
  | 'bad-comparator'
  | 'unknown-mailbox'
  | 'too-many-actions'
  | 'too-many-redirects'
  | 'too-many-steps'
  | 'action-twice';

/**
 * What is wrong with a script, or what went wrong when it ran. The sentence of a code stands in common/error-texts as
 * `invalid/sieve-CODE`.
 */
export interface SieveProblem extends Place {
  code: SieveCode;
  params: Record<string, string | number>;
}

/** Thrown and caught inside common/sieve only. */
export class SieveFailure extends Error {
  readonly problem: SieveProblem;

  constructor(code: SieveCode, at: Place, params: SieveProblem['params'] = {}) {
    super(`sieve ${code} at ${at.line}:${at.column}`);
    this.problem = { code, line: at.line, column: at.column, params };
  }
}

/** A problem as servers and clients report it: MailError `invalid`, reason `sieve-CODE`, with `line` and `column` among its values. */
export function makeSieveError(problem: SieveProblem, field = 'script'): MailError {
  const { code, line, column, params } = problem;
  return new MailError('invalid', `sieve ${code} at ${line}:${column}`, {
    reason: `sieve-${code}`,
    params: { ...params, line, column },
    field,
  });
}
