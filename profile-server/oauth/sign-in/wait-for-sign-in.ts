import { MailError, toWireError, type WireError } from '../../../common/errors.ts';
import type { OAuthWait } from '../../../common/shapes/oauth.ts';
import { awaitNews } from '../../await-news.ts';
import type { ProfileContext } from '../../context.ts';
import { explainLate } from '../answer-rule.ts';
import { findBegin, type BeginRecord } from './begin-store.ts';

/** How a sign-in stands, as soon as it is over or after 25 s. MailError `not-found`, for another user's too. */
export async function waitForSignIn(
  server: ProfileContext,
  user: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<OAuthWait> {
  return await awaitNews<OAuthWait>(server, {
    topic: `user:${user}`,
    read: async () => {
      const begin = await findBegin(server.db.read, id);
      if (begin === undefined || begin.user !== user) {
        throw new MailError('not-found', `no sign-in ${id}`, { reason: 'oauth-unknown' });
      }
      return viewBegin(begin, server.clock.now());
    },
    isNews: ({ state }) => state !== 'pending',
    wait: true,
    signal,
  });
}

export function viewBegin(
  begin: Pick<BeginRecord, 'state' | 'error' | 'expires_at' | 'provider'>,
  now: number,
): OAuthWait {
  if (begin.state === 'failed') {
    return { state: 'failed', error: begin.error === null ? null : (JSON.parse(begin.error) as WireError) };
  }
  if (begin.state === 'done') return { state: 'done', error: null };
  if (begin.expires_at > now) return { state: 'pending', error: null };
  return { state: 'failed', error: toWireError(explainLate(begin.provider)) };
}
