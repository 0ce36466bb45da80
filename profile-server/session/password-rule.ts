import { MailError } from '../../common/errors.ts';

/** Characters; the upper bound keeps hashing cheap for us, not for whoever guesses. */
export const PASSWORD_LENGTH = { min: 8, max: 1024 } as const;

/** Throws `invalid` for a password that may not be chosen. */
export function checkNewPassword(password: string): void {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min) {
    throw new MailError('invalid', 'password is too short', {
      field: 'password',
      reason: 'password-short',
      params: { min: PASSWORD_LENGTH.min },
    });
  }
  if (length > PASSWORD_LENGTH.max) {
    throw new MailError('invalid', 'password is too long', {
      field: 'password',
      reason: 'password-long',
      params: { max: PASSWORD_LENGTH.max },
    });
  }
}
