import type { IncomingMessage, ServerResponse } from 'node:http';
import { MailError } from '../../../common/errors.ts';
import type { Language } from '../../../common/shapes/profile.ts';
import type { Route } from '../../../server-kit/http/server.ts';
import type { ProfileContext } from '../../context.ts';
import { isConfirmed, makeConfirmation } from '../../oauth/sign-in/browser-binding.ts';
import { findUser } from '../../user/user-store.ts';
import { answerPage, chooseLanguage } from '../../web/plain-page.ts';
import { answerCallback } from './answer-callback.ts';
import { beginSignIn } from './begin.ts';
import { makeDonePage, makeFailedPage, makeQuestionPage } from './callback-words.ts';
import { readLinkToken } from './link-token.ts';
import { findLogoutPage } from './logout.ts';
import {
  dropPending,
  nameReturn,
  pickReturn,
  readPending,
  setMark,
  setPending,
  type Pending,
  type Purpose,
} from './pending.ts';
import { demandProvider } from './provider/providers.ts';

const LONGEST_QUERY = 8192;

interface Visit {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  match: RegExpExecArray;
}

/** Pages for whoever signs in at a provider of OpenID Connect: to it, back from it, and out of it. */
export function makeOidcRoutes(server: ProfileContext): Route[] {
  const page = (path: RegExp, show: (server: ProfileContext, visit: Visit) => Promise<void>): Route => ({
    method: 'GET',
    path,
    open: true,
    handle: async (visit) => {
      const { req, res, url } = visit;
      // Who only looks (link checkers) must not use up the answer.
      if (req.method !== 'GET') {
        throw new MailError('invalid', 'only GET is possible here', { reason: 'method' });
      }
      if (url.search.length > LONGEST_QUERY) throw new MailError('too-large', 'the answer is too long');
      try {
        await show(server, visit);
      } catch (error) {
        const known = error instanceof MailError ? error : new MailError('internal', 'the sign-in failed');
        if (error === known)
          server.log.info('oidc.sign-in-failed', { code: known.code, reason: known.reason });
        else server.log.error('oidc.sign-in-failed', { error });
        answerPage(
          res,
          400,
          makeFailedPage(languageOf(req), known, new URL('/', server.settings.publicUrl).href),
        );
      }
    },
  });
  return [
    page(/^\/session\/oidc\/([A-Za-z0-9][\w-]{0,63})\/begin$/, begin),
    page(/^\/session\/oidc\/callback$/, callBack),
    page(/^\/session\/oidc\/([A-Za-z0-9][\w-]{0,63})\/logout$/, leave),
  ];
}

async function begin(server: ProfileContext, { req, res, url, match }: Visit): Promise<void> {
  const publicUrl = new URL(server.settings.publicUrl);
  // By another name of this machine the cookie would not be there when the provider sends the browser back.
  if (req.headers.host !== publicUrl.host) {
    return redirect(res, new URL(url.pathname + url.search, publicUrl).href);
  }
  const id = match[1] ?? '';
  const { url: page, pending } = await beginSignIn(
    server,
    id,
    readPurpose(server, url.searchParams, id),
    pickReturn(url.searchParams),
  );
  setPending(server, res, pending);
  redirect(res, page);
}

function readPurpose(server: ProfileContext, params: URLSearchParams, provider: string): Purpose {
  const [wait, link] = [params.get('for'), params.get('link')];
  if (wait !== null && /^[\w-]{43}$/.test(wait)) return { kind: 'program', wait };
  if (link === null) return { kind: 'browser' };
  const linked = readLinkToken(server, link, provider);
  if (linked === null) {
    throw new MailError('sign-in-failed', 'the link is over', { reason: 'oauth-late', params: { provider } });
  }
  return { kind: 'link', user: linked.user, session: linked.session };
}

async function callBack(server: ProfileContext, { req, res, url }: Visit): Promise<void> {
  const params = url.searchParams;
  const pending = readPending(server, req);
  if (pending === null || params.get('state') !== pending.state) {
    throw new MailError('sign-in-failed', 'no such sign-in', { reason: 'oauth-unknown' });
  }
  const { purpose } = pending;
  if (purpose.kind !== 'browser' && params.has('code') && !isConfirmed(server, params)) {
    return answerPage(res, 200, await ask(server, req, params, pending, purpose));
  }
  params.delete('confirmation');
  dropPending(res);
  const end = await answerCallback(server, pending, params);
  if (end.kind === 'browser') {
    setMark(res, end.mark);
    return redirect(res, nameReturn(server.settings.publicUrl, pending.back, end.ticket));
  }
  const { name } = await demandProvider(server, pending.provider);
  answerPage(res, 200, makeDonePage(languageOf(req), end.kind, name));
}

async function ask(
  server: ProfileContext,
  req: IncomingMessage,
  params: URLSearchParams,
  pending: Pending,
  purpose: Exclude<Purpose, { kind: 'browser' }>,
): Promise<string> {
  params.delete('confirmation');
  const { name: provider } = await demandProvider(server, pending.provider);
  const user = purpose.kind === 'link' ? await findUser(server.db.read, purpose.user) : undefined;
  const fields = { ...Object.fromEntries(params), confirmation: makeConfirmation(server, params) };
  return makeQuestionPage(languageOf(req), purpose, { provider, user: user?.name ?? '' }, fields);
}

async function leave(server: ProfileContext, { res, match }: Visit): Promise<void> {
  redirect(res, await findLogoutPage(server, match[1] ?? ''));
}

function redirect(res: ServerResponse, to: string): void {
  res.writeHead(303, { location: to, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  res.end();
}

function languageOf(req: IncomingMessage): Language {
  return chooseLanguage(req.headers['accept-language']);
}
