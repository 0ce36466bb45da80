import { ID_PATTERN } from '../../common/ids.ts';
import { MailError } from '../../common/errors.ts';
import type { Trust } from '../../server-kit/auth/trust.ts';
import type { Submitter } from './authorise.ts';
import { SubmissionRefusal } from './refusal.ts';

/** AUTH PLAIN as a storage-server presents itself (RFC 4616). */
export interface PlainToken {
  method: string;
  /** The user it sends for. */
  authzid?: string | undefined;
  /** Its own part id. */
  authcid?: string | undefined;
  /** Its service token for this relay. */
  password?: string | null | undefined;
}

/** Only a storage-server with a live service token for this relay may submit. Throws SubmissionRefusal. */
export async function authenticatePart(
  trust: Pick<Trust, 'authenticate'>,
  token: PlainToken,
  connection: { secure: boolean; address: string },
): Promise<Submitter> {
  if (!connection.secure)
    throw new SubmissionRefusal(538, '5.7.11', 'encryption required for authentication');
  const { authzid = '', authcid = '', password } = token;
  if (token.method !== 'PLAIN' || !ID_PATTERN.test(authzid) || !password) throw refuse();
  const caller = await prove(trust, password, connection.address);
  if (caller.kind !== 'part' || caller.partKind !== 'storage-server' || caller.part !== authcid)
    throw refuse();
  return { user: authzid, part: caller.part };
}

async function prove(trust: Pick<Trust, 'authenticate'>, password: string, address: string) {
  try {
    return await trust.authenticate(password, address);
  } catch (error) {
    // The profile-server is out of reach: nothing is known against the token.
    if (error instanceof MailError && error.code === 'not-signed-in') throw refuse();
    throw new SubmissionRefusal(454, '4.7.0', 'cannot check credentials, try again later');
  }
}

function refuse(): SubmissionRefusal {
  return new SubmissionRefusal(535, '5.7.8', 'authentication credentials invalid');
}
