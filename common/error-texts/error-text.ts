import type { ErrorCode } from '../errors.ts';

/** What a person reads: what happened, and one thing to do about it (null when there is none). `{name}` is replaced by a parameter. */
export interface ErrorText {
  message: string;
  action: string | null;
}

/**
 * Keys are `code` or `code/reason`. A sentence whose places cannot all be filled is passed over for the one of the bare
 * code, so that one has no places. `code/wait` is taken when only `retryAfter` is known ({n} seconds), `code/field` when
 * only `field` is.
 */
export type ErrorTexts = Record<ErrorCode, ErrorText> & Record<string, ErrorText>;
