import { MailError } from '../../common/errors.ts';
import type { OAuthClient } from '../../common/shapes/oauth.ts';
import type { ProfileContext } from '../context.ts';
import type { ClientInput } from './oauth-shapes.ts';

export async function listClients(_server: ProfileContext): Promise<OAuthClient[]> {
  throw new MailError('not-yet', 'not built yet');
}

export async function setClient(
  _server: ProfileContext,
  _admin: string,
  _input: ClientInput,
): Promise<OAuthClient> {
  throw new MailError('not-yet', 'not built yet');
}

export async function removeClient(
  _server: ProfileContext,
  _admin: string,
  _provider: string,
): Promise<{ removed: string }> {
  throw new MailError('not-yet', 'not built yet');
}
