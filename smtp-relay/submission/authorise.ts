import { normaliseAddress } from '../../common/envelope.ts';
import type { ProfileLink, SenderAuthorisation } from '../profile-link.ts';
import { SubmissionRefusal } from './refusal.ts';

/** Who is signed in on a connection: a user, vouched for by the storage-server that keeps him. */
export interface Submitter {
  user: string;
  part: string;
}

export type Authorise = (submitter: Submitter, address: string) => Promise<SenderAuthorisation>;

/**
 * Asks the profile-server whether the user may send as an address, once for each transaction, and
 * refuses what it does not allow. Only the home of a user may send for him.
 */
export function makeAuthorise(profile: Pick<ProfileLink, 'authoriseSender'>): Authorise {
  const known = new Map<string, Promise<SenderAuthorisation>>();
  return async (submitter, address) => {
    const key = normaliseAddress(address);
    let answer = known.get(key);
    if (answer === undefined) {
      answer = profile.authoriseSender(submitter.user, address);
      known.set(key, answer);
    }
    const sender = await answer;
    if (sender.home !== submitter.part)
      throw new SubmissionRefusal(550, '5.7.1', 'not the home of this user');
    if (!sender.allowed) {
      throw new SubmissionRefusal(550, '5.7.1', `sender refused: ${sender.reason ?? 'not-your-address'}`);
    }
    return sender;
  };
}
