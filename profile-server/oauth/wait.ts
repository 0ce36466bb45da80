import { MailError } from '../../common/errors.ts';
import type { OAuthWait } from '../../common/shapes/oauth.ts';
import type { ProfileContext } from '../context.ts';

export async function waitForSignIn(
  _server: ProfileContext,
  _user: string,
  _id: string,
  _signal: AbortSignal | undefined,
): Promise<OAuthWait> {
  throw new MailError('not-yet', 'not built yet');
}
