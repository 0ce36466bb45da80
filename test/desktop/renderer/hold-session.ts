import './stand-in-browser.ts';

const { holdTokens } = await import('../../../desktop/renderer/session/tokens.ts');

/** Ana is signed in, with a home, for a quarter of an hour. */
export function holdSession(): void {
  holdTokens({
    session: { id: 'ana', expiresAt: '2026-11-23T10:00:00.000Z', lab: null },
    issuedAt: new Date().toISOString(),
    tokensExpireAt: new Date(Date.now() + 900_000).toISOString(),
    refreshToken: 'r',
    home: 'http://home.test',
    relay: null,
    tokens: { profile: 'access', storage: 'access', relay: null },
  });
}
