import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePresence } from '../../profile-server/part/presence.ts';

test('a part is gone once its last waiting call has been over for a while', () => {
  let now = 0;
  const presence = makePresence(() => now);
  assert.equal(presence.isGone('relay_a'), false, 'never seen here: others may know it');
  const first = presence.enter('relay_a');
  const second = presence.enter('relay_a');
  first();
  first();
  now = 60_000;
  assert.equal(presence.isGone('relay_a'), false, 'the second call is open');
  second();
  now += 3000;
  assert.equal(presence.isGone('relay_a'), false, 'the next call may be on its way');
  now += 1;
  assert.equal(presence.isGone('relay_a'), true);
  presence.enter('relay_a');
  assert.equal(presence.isGone('relay_a'), false);
});
