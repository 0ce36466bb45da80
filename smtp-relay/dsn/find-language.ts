import type { Language } from '../../common/shapes/profile.ts';
import type { ProfileLink } from '../profile-link.ts';

/** The language of a user; null when he chose none, or the profile-server does not answer: a report cannot wait for it. */
export function makeLanguageFinder(
  profile: Pick<ProfileLink, 'authoriseSender'>,
): (user: string, from: string) => Promise<Language | null> {
  return async (user, from) => {
    try {
      return (await profile.authoriseSender(user, from)).language;
    } catch {
      return null;
    }
  };
}
