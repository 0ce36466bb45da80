import { setTimeout } from 'node:timers/promises';
import type { Language } from '../../common/shapes/profile.ts';
import { SECOND, type Millis } from '../../common/time.ts';
import type { ProfileLink } from '../profile-link.ts';

/** What became of recipients waits to be written meanwhile: longer is no report worth. */
const PATIENCE: Millis = 2 * SECOND;

/** The language of a user; null when he chose none, or when the profile-server does not answer soon. */
export function makeLanguageFinder(
  profile: Pick<ProfileLink, 'authoriseSender'>,
): (user: string, from: string) => Promise<Language | null> {
  return async (user, from) => {
    const answered = new AbortController();
    try {
      const answer = profile.authoriseSender(user, from);
      const late = setTimeout(PATIENCE, null, { signal: answered.signal, ref: false });
      late.catch(() => undefined);
      return (await Promise.race([answer, late]))?.language ?? null;
    } catch {
      return null;
    } finally {
      answered.abort();
    }
  };
}
