import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Tokens } from '../../../common/shapes/session.ts';
import './stand-in-browser.ts';

const { callHttp } = await import('../../../desktop/renderer/session/call-http.ts');
const { holdTokens } = await import('../../../desktop/renderer/session/tokens.ts');

const HOME = 'http://home.test';
const REFUSED = { error: { code: 'not-signed-in' } };

function makeTokens(session: string, token: string): Tokens {
  return {
    session: { id: session, expiresAt: '2026-11-23T10:00:00.000Z', lab: null },
    issuedAt: new Date().toISOString(),
    tokensExpireAt: new Date(Date.now() + 900_000).toISOString(),
    refreshToken: 'r',
    home: HOME,
    relay: null,
    tokens: { profile: token, storage: token, relay: null },
  };
}

describe('a call to a route that is no procedure', () => {
  afterEach(() => holdTokens(null));

  /** Answers each call with `answer`, an exchange with tokens of `renewed`; returns the tokens that calls came with. */
  const serve = (answer: (token: string) => Response, renewed: string): string[] => {
    const came: string[] = [];
    globalThis.fetch = async (url, init) => {
      if (typeof url === 'string' && url.endsWith('session.refresh')) {
        return Response.json({ result: { data: makeTokens(renewed, 'fresh') } });
      }
      const token = new Headers(init?.headers).get('authorization') ?? '';
      came.push(token);
      return answer(token);
    };
    return came;
  };

  it('is made once more with a new token where that was refused', async () => {
    holdTokens(makeTokens('ana', 'old'));
    const came = serve(
      (token) => (token === 'Bearer fresh' ? Response.json('done') : Response.json(REFUSED, { status: 401 })),
      'ana',
    );
    assert.equal(await (await callHttp('storage', '/x')).json(), 'done');
    assert.deepEqual(came, ['Bearer old', 'Bearer fresh']);
  });

  for (const [name, meanwhile, renewed] of [
    ['somebody else has signed in meanwhile', makeTokens('bob', 'his'), 'bob'],
    ['its person has signed out meanwhile', null, 'bob'],
    ['the browser’s session is another one', undefined, 'bob'],
  ] as const) {
    it(`is not made once more where ${name}`, async () => {
      holdTokens(makeTokens('ana', 'old'));
      const came = serve(() => {
        if (meanwhile !== undefined) holdTokens(meanwhile);
        return Response.json(REFUSED, { status: 401 });
      }, renewed);
      await assert.rejects(callHttp('profile', '/profile/import', { method: 'POST', body: 'hers' }), {
        code: 'not-signed-in',
      });
      assert.deepEqual(came, ['Bearer old']);
    });
  }
});
