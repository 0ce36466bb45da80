import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBell } from '../../server-kit/bell.ts';

const LONG = 3_600_000;

test('a ring between looking and waiting is not lost, and one ring wakes all who wait', async () => {
  const bell = makeBell();
  const { rings } = bell;
  bell.ring();
  await bell.wait(rings, LONG, undefined);
  let woken = 0;
  const waiting = [1, 2].map(async () => {
    await bell.wait(bell.rings, LONG, undefined);
    woken += 1;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(woken, 0, 'a ring from before wakes nobody');
  bell.ring();
  await Promise.all(waiting);
  assert.equal(woken, 2);
});

test('waiting ends with its time and with its signal, also one that has ended before', async () => {
  const bell = makeBell();
  await bell.wait(bell.rings, 1, undefined);
  const leaving = new AbortController();
  const waiting = bell.wait(bell.rings, LONG, leaving.signal);
  leaving.abort();
  await waiting;
  await bell.wait(bell.rings, LONG, leaving.signal);
});
