import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tokens } from '../../common/shapes/session.ts';
import { keepHere } from '../../command/server/keep-here.ts';

test('tokens are kept until they end, by the clock of the computer that keeps them', () => {
  const tokens = {
    issuedAt: '2026-11-22T10:00:00.000Z',
    tokensExpireAt: '2026-11-22T10:15:00.000Z',
    home: 'http://home.test',
    relay: null,
    tokens: { profile: 'p', storage: 's', relay: null },
    refreshToken: 'r',
  } as Tokens;
  for (const [now, until] of [
    ['2026-11-22T10:00:01.000Z', '2026-11-22T10:15:01.000Z'],
    ['2026-11-22T07:00:00.000Z', '2026-11-22T07:15:00.000Z'],
    ['2026-11-23T10:00:00.000Z', '2026-11-23T10:15:00.000Z'],
  ] as const) {
    assert.deepEqual(keepHere(tokens, Date.parse(now)), {
      home: 'http://home.test',
      relay: null,
      tokens: tokens.tokens,
      tokensExpireAt: until,
    });
  }
});
