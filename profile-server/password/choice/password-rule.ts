import type { ProfileContext } from '../../context.ts';
import { isGuessable } from './guessable.ts';

/**
 * Characters (code points, after NFC). Where others can reach the server, a password that stands alone has 15 at least, as NIST
 * SP 800-63B-4 (3.1.1.2) demands (VALIJA_PASSWORD_LEAST); beside a second factor, and where all is on loopback, 8 are enough:
 * the least of OWASP ASVS 5 (6.2.1), which advises 15 too. 64 have to be possible (6.2.9); the upper bound only keeps hashing
 * cheap. No rule of composition and no change by the calendar, as both demand.
 */
export const PASSWORD_LENGTH = { minWithFactor: 8, max: 1024 } as const;

/** The least length for who has, or by policy must have, a second factor, and for all others. */
export function leastLength(server: Pick<ProfileContext, 'settings'>, factor: boolean): number {
  return factor ? PASSWORD_LENGTH.minWithFactor : server.settings.passwordLeast;
}

/** What a new password is held against. */
export interface PasswordContext {
  least: number;
  /** Words that stand near it, such as the user's name: guessed first for this user. */
  words: readonly string[];
  /** Whether a text, in small letters, is among the passwords that are guessed first for everybody. */
  isCommon: (text: string) => boolean;
}

export type PasswordProblem = 'password-short' | 'password-long' | 'password-common';

/** Why a password may not be chosen; null where it may. */
export function judgePassword(password: string, context: PasswordContext): PasswordProblem | null {
  const length = Array.from(password.normalize('NFC')).length;
  if (length < context.least) return 'password-short';
  if (length > PASSWORD_LENGTH.max) return 'password-long';
  return isGuessable(password, context) ? 'password-common' : null;
}
