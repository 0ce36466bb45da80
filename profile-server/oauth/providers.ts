import { MailError } from '../../common/errors.ts';
import type { OAuthChoice } from '../../common/shapes/oauth.ts';
import type { ProfileContext } from '../context.ts';

export async function listChoices(_server: ProfileContext): Promise<OAuthChoice[]> {
  throw new MailError('not-yet', 'not built yet');
}
