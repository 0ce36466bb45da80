import { MailError } from '../common/errors.ts';
import type { ProfileLink } from './profile-link.ts';

/** Throws MailError `not-found` where the user has another home: of his a storage-server does not even learn that he exists. */
export type DemandHome = (part: string, user: string) => Promise<void>;

export function makeHomeCheck(profile: Pick<ProfileLink, 'authoriseSender'>): DemandHome {
  return async (part, user) => {
    // Every answer says where the user is at home, also the one about no address.
    const { home } = await profile.authoriseSender(user, '');
    if (home !== part) {
      throw new MailError('not-found', `no user ${user} at this home`, { reason: 'not-at-home' });
    }
  };
}
