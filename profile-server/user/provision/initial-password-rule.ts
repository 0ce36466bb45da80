import { MailError } from '../../../common/errors.ts';
import { PASSWORD_LENGTH } from '../../password/choice/password-rule.ts';

/** Shorter ones would be guessed before they are changed; more is not asked of what lives until the first sign-in. */
const SHORTEST = 8;

/** The password as given; MailError `invalid` (`initial-password`). */
export function checkInitialPassword(password: string): string {
  const length = Array.from(password).length;
  if (length >= SHORTEST && length <= PASSWORD_LENGTH.max) return password;
  throw new MailError('invalid', 'first password refused', {
    field: 'password',
    reason: 'initial-password',
    params: { min: SHORTEST, max: PASSWORD_LENGTH.max },
  });
}
