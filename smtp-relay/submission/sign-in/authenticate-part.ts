import { ID_PATTERN } from '../../../common/ids.ts';
import { MailError } from '../../../common/errors.ts';
import type { Trust } from '../../../server-kit/auth/trust.ts';
import { SubmissionRefusal } from '../refusal.ts';
import { refuseCredentials } from './refuse-credentials.ts';
import type { Submitter } from './submitter.ts';

/** AUTH PLAIN as a storage-server presents itself (RFC 4616). */
export interface PlainToken {
  /** The user it sends for. */
  authzid: string;
  /** Its own part id. */
  authcid: string;
  /** Its service token for this relay. */
  password: string;
}

/** A storage-server with a live service token for this relay submits for its users. Throws SubmissionRefusal. */
export async function authenticatePart(
  trust: Pick<Trust, 'authenticate'>,
  { authzid, authcid, password }: PlainToken,
  address: string,
): Promise<Submitter> {
  if (!ID_PATTERN.test(authzid)) throw refuseCredentials();
  const caller = await prove(trust, password, address);
  if (caller.kind !== 'part' || caller.partKind !== 'storage-server' || caller.part !== authcid) {
    throw refuseCredentials();
  }
  return { user: authzid, part: caller.part, appPassword: null };
}

async function prove(trust: Pick<Trust, 'authenticate'>, password: string, address: string) {
  try {
    return await trust.authenticate(password, address);
  } catch (error) {
    // The profile-server is out of reach: nothing is known against the token.
    if (error instanceof MailError && error.code === 'not-signed-in') throw refuseCredentials();
    throw new SubmissionRefusal(454, '4.7.0', 'cannot check credentials, try again later');
  }
}
