import { MailError } from '../../common/errors.ts';

/** Characters; the upper bound keeps hashing cheap for us. */
export const PASSWORD_LENGTH = { min: 8, max: 1024 } as const;

/** Throws `invalid` for a password that may not be chosen. */
export function checkNewPassword(password: string): void {
  const length = Array.from(password).length;
  const { min, max } = PASSWORD_LENGTH;
  if (length >= min && length <= max) return;
  throw new MailError('invalid', 'password refused', {
    field: 'password',
    reason: length < min ? 'password-short' : 'password-long',
    params: { min, max },
  });
}
