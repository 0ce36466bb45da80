import type { ChangeReason } from '../../../common/shapes/session.ts';

/** What decides how signing in goes on. */
export interface StepFacts {
  /** Has an authenticator app or a passkey. */
  hasFactor: boolean;
  factorProven: boolean;
  /** Of MUST_CHANGE; 0 where the password may stay. */
  mustChange: number;
  /** Signs in by a password of this server's. */
  local: boolean;
  /** The policy demands a second factor. */
  factorRequired: boolean;
}

export type NextStep =
  { step: 'second-factor' } | { step: 'change-password'; reason: ChangeReason } | { step: 'set-up-factor' };

/** Values of `user.must_change`. */
const MUST_CHANGE = { first: 1, reset: 2, policy: 3 } as const satisfies Record<ChangeReason, number>;

/**
 * What is asked before a session begins; null when nothing is. Who has only half proven who he is changes nothing yet, so
 * the second factor comes first. Single sign-on and LDAP answer for passwords themselves. A provider that asked for a
 * second factor has proven it; else one of ours is set up by whoever needs one, wherever his password is kept.
 */
export function chooseStep(facts: StepFacts): NextStep | null {
  if (facts.hasFactor && !facts.factorProven) return { step: 'second-factor' };
  const reason = (Object.keys(MUST_CHANGE) as ChangeReason[]).find(
    (key) => facts.local && MUST_CHANGE[key] === facts.mustChange,
  );
  if (reason !== undefined) return { step: 'change-password', reason };
  if (facts.factorRequired && !facts.hasFactor && !facts.factorProven) return { step: 'set-up-factor' };
  return null;
}
