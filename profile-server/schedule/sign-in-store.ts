import type { Writer } from '../../server-kit/database/database.ts';
import { IS_SHUT_OUT } from './poll-store.ts';

/** Nobody polls until the user has signed in; `error` is JSON of an AccountProblem. */
export async function requireSignIn(
  tx: Writer,
  account: string,
  why: { now: number; error: string },
): Promise<void> {
  await tx.run(
    `UPDATE poll SET needs_sign_in = 1, next_at = NULL, fails = fails + 1,
      failing_since = COALESCE(failing_since, ?), error = ? WHERE account = ?`,
    [why.now, why.error, account],
  );
}

/** The user has signed in: due at once, as far as he has not paused it and the provider allows. */
export async function liftSignIn(tx: Writer, account: string, now: number): Promise<void> {
  await tx.run(
    `UPDATE poll SET needs_sign_in = 0, fails = 0, failing_since = NULL, error = NULL,
      next_at = CASE WHEN paused <> 0 OR ${IS_SHUT_OUT} THEN NULL WHEN allowed_at > ? THEN allowed_at ELSE ? END
      WHERE account = ?`,
    [now, now, account],
  );
}
