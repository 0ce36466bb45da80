import type { IncomingMessage } from 'node:http';
import { MailError } from '../../common/errors.ts';
import type { Language } from '../../common/shapes/profile.ts';
import type { Route } from '../../server-kit/http/server.ts';
import type { ProfileContext } from '../context.ts';
import { readSignedInUser } from '../user/read-user.ts';
import { findUser } from '../user/user-store.ts';
import { answerPage, chooseLanguage } from '../web/plain-page.ts';
import { answerCallback, findAsker } from './sign-in/answer-callback.ts';
import { isBoundBrowser, isConfirmed, makeConfirmation } from './sign-in/browser-binding.ts';
import { makeCallbackPage, makeQuestionPage } from './sign-in/callback-page.ts';

const LONGEST_QUERY = 8192;

/** Where providers send the browser back to: `PUBLIC_URL/oauth/callback`. */
export function makeOAuthRoutes(server: ProfileContext): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/oauth\/callback$/,
      open: true,
      handle: async ({ req, res, url }) => {
        // Who only looks (link checkers) must not use up the answer.
        if (req.method !== 'GET') {
          throw new MailError('invalid', 'only GET is possible here', { reason: 'method' });
        }
        if (url.search.length > LONGEST_QUERY) throw new MailError('too-large', 'the answer is too long');
        const { status, page } = await answer(server, req, url.searchParams);
        answerPage(res, status, page);
      },
    },
  ];
}

async function answer(
  server: ProfileContext,
  req: IncomingMessage,
  params: URLSearchParams,
): Promise<{ status: number; page: string }> {
  const accepted = req.headers['accept-language'];
  const asker = await findAsker(server, params.get('state'));
  // A refusal gives nobody anything; a code does, and in another browser its owner is asked first.
  if (asker !== null && params.has('code') && !isBoundBrowser(req, asker.browser)) {
    if (!isConfirmed(server, params)) {
      const words = { ...(await readName(server, asker.user, accepted)), provider: asker.provider };
      const fields = { ...Object.fromEntries(params), confirmation: makeConfirmation(server, params) };
      return { status: 200, page: makeQuestionPage(words, fields) };
    }
    params.delete('confirmation');
  }
  const { user, provider, error } = await answerCallback(server, params);
  const words = { ...(await readName(server, user, accepted)), provider: provider ?? '', error };
  return { status: error === null ? 200 : 400, page: makeCallbackPage(words) };
}

/** Name and language of the Valija user; of nobody, the browser's language. */
async function readName(
  server: ProfileContext,
  id: string | null,
  accepted: string | undefined,
): Promise<{ user: string; language: Language }> {
  const user = id === null ? undefined : await findUser(server.db.read, id);
  if (user === undefined) return { user: '', language: chooseLanguage(accepted) };
  const { name, language } = await readSignedInUser(server, user);
  return { user: name, language };
}
