import type { Millis } from '../../common/time.ts';

/** The right to hold the one session on a maildrop until `expiresAt`. */
export interface Lease {
  id: string;
  account: string;
  user: string;
  /** Of the POP3 server: a part lets only so many sessions of one user go to it at once. */
  host: string;
  /** The account's revision at which it was taken. */
  revision: number;
  expiresAt: Millis;
}

/** Why an account could not be taken now; `retryAfter` in seconds. */
export interface RefusedLease {
  account: string;
  code: 'in-use' | 'too-soon' | 'needs-sign-in';
  retryAfter: number | null;
}

/** `poll`: it was due; `check`: a user asked; `test`: of the settings, without retrieving. */
export type LeasePurpose = 'poll' | 'check' | 'test';
