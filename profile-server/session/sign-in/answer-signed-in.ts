import type { SignIn } from '../../../common/shapes/session.ts';
import { lifeOf } from '../../lab/session-life.ts';
import type { ProfileCallContext } from '../../trpc.ts';
import type { SignedIn } from './complete-sign-in.ts';
import { setRefreshCookie } from '../refresh/cookie.ts';
import type { Issued } from '../open-session.ts';

/** A session kept by cookie gets it with this answer; otherwise the refresh token stands in it. */
export function answerSignedIn(
  { res }: Pick<ProfileCallContext, 'res'>,
  { answer, issued }: SignedIn,
): SignIn {
  keepInCookie({ res }, issued);
  return answer;
}

export function keepInCookie(
  { res }: Pick<ProfileCallContext, 'res'>,
  { session, refreshToken }: Issued,
): void {
  if (session.cookie === 1 && res !== null) {
    setRefreshCookie(res, refreshToken, { remember: session.remember === 1, milliseconds: lifeOf(session) });
  }
}
