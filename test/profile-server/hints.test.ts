import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hints } from '../../profile-server/hints.ts';
import { Lanes } from '../../profile-server/lanes.ts';

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

test('work of one lane keeps its order, also after a failure; other lanes do not wait', async () => {
  const lanes = new Lanes();
  const done: string[] = [];
  let release = (): void => undefined;
  const held = lanes.run('a', async () => {
    await new Promise<void>((resolve) => (release = resolve));
    done.push('a1');
    throw new Error('a1 fails');
  });
  const second = lanes.run('a', async () => done.push('a2'));
  await lanes.run('b', async () => done.push('b1'));
  assert.deepEqual(done, ['b1']);
  release();
  await assert.rejects(held, /a1 fails/);
  await second;
  assert.deepEqual(done, ['b1', 'a1', 'a2']);
});
