import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hints } from '../../profile-server/hints.ts';

const LONG = 60_000;

test('a hint given between two looks is not lost', async () => {
  const hints = new Hints();
  const listener = hints.listen('change');
  hints.give('change');
  await listener.next(LONG);
  const waiting = listener.next(LONG);
  hints.give('revocation');
  hints.give('user:1');
  let woken = false;
  void waiting.then(() => (woken = true));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(woken, false, 'other topics do not wake');
  hints.give('change');
  await waiting;
  listener.close();
  hints.give('change');
});

test('waiting ends with its signal, also one that has ended before', async () => {
  const listener = new Hints().listen('schedule');
  const leaving = new AbortController();
  const waiting = listener.next(LONG, leaving.signal);
  leaving.abort();
  await waiting;
  await listener.next(LONG, leaving.signal);
  listener.close();
});
