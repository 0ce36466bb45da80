import { MailError } from '../../../common/errors.ts';
import type { Trust } from '../../../server-kit/auth/trust.ts';
import type { ProfileLink } from '../../profile-link.ts';
import { SubmissionRefusal } from '../refusal.ts';
import { authenticatePart } from './authenticate-part.ts';
import { refuseCredentials } from './refuse-credentials.ts';
import type { Submitter } from './submitter.ts';

/** AUTH PLAIN (RFC 4616) or LOGIN as smtp-server hands it over. */
export interface GivenCredentials {
  method: string;
  username?: string | undefined;
  authzid?: string | undefined;
  authcid?: string | undefined;
  password?: string | null | undefined;
}

export interface AuthenticateContext {
  trust: Pick<Trust, 'authenticate'>;
  profile: Pick<ProfileLink, 'checkAppPassword'>;
}

/**
 * Lets in a storage-server with its service token, and other programs of a user with his name (or the address of one of his
 * accounts) and an app password. Throws SubmissionRefusal.
 */
export async function authenticate(
  context: AuthenticateContext,
  given: GivenCredentials,
  connection: { secure: boolean; address: string },
): Promise<Submitter> {
  if (!connection.secure) {
    throw new SubmissionRefusal(538, '5.7.11', 'encryption required for authentication');
  }
  const { password, authzid = '', authcid = '', username = '' } = given;
  if (!password) throw refuseCredentials();
  // Only a storage-server acts for others.
  if (authzid !== '' && authzid !== authcid && authcid !== '') {
    return await authenticatePart(context.trust, { authzid, authcid, password }, connection.address);
  }
  if (username === '') throw refuseCredentials();
  try {
    const { user, home, appPassword } = await context.profile.checkAppPassword({
      login: username,
      password,
      address: connection.address,
    });
    return { user, part: home, appPassword };
  } catch (error) {
    throw toSignInRefusal(error);
  }
}

function toSignInRefusal(error: unknown): SubmissionRefusal {
  if (error instanceof MailError && error.code === 'sign-in-failed') return refuseCredentials();
  if (error instanceof MailError && error.code === 'too-many-tries') {
    const wait = `try again in ${error.retryAfter ?? 1} s`;
    return new SubmissionRefusal(454, '4.7.0', `too many wrong passwords, ${wait}`);
  }
  return new SubmissionRefusal(454, '4.7.0', 'cannot check credentials, try again later');
}
