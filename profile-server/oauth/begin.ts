import { MailError } from '../../common/errors.ts';
import type { OAuthBegin } from '../../common/shapes/oauth.ts';
import type { ProfileContext } from '../context.ts';
import type { BeginInput } from './oauth-shapes.ts';

export async function beginSignIn(
  _server: ProfileContext,
  _caller: { user: string; session: string },
  _input: BeginInput,
): Promise<OAuthBegin> {
  throw new MailError('not-yet', 'not built yet');
}
