import { MailError } from '../../../common/errors.ts';
import type { ProfileContext } from '../../context.ts';
import { loadCommonPasswords } from './common-passwords.ts';
import { PASSWORD_LENGTH, judgePassword, leastLength } from './password-rule.ts';

/**
 * MailError `invalid` (`password-short`, `password-long`, `password-common`) for a password that may not be chosen. `names`
 * are the user's, as he signs in and as the organisation writes him; `factor` says that he has, or by policy must have, a
 * second factor.
 */
export async function checkNewPassword(
  server: Pick<ProfileContext, 'settings'>,
  password: string,
  of: { names: readonly string[]; factor: boolean },
): Promise<void> {
  const isCommon = await loadCommonPasswords();
  const words = [...of.names, 'valija', new URL(server.settings.publicUrl).hostname];
  const least = leastLength(server, of.factor);
  const problem = judgePassword(password, { least, words, isCommon });
  if (problem === null) return;
  throw new MailError('invalid', 'password refused', {
    field: 'password',
    reason: problem,
    params: { min: least, max: PASSWORD_LENGTH.max },
  });
}
