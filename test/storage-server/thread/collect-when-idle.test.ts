import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { collectWhenIdle } from '../../../storage-server/thread/collect-when-idle.ts';

const MUCH = 32 << 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Old enough that only a whole collection finds it. In a function of its own: what it made is out of sight when it returns. */
function leaveMuch(): void {
  const made = Array.from({ length: MUCH >> 20 }, () =>
    new Uint8Array(new SharedArrayBuffer(1 << 20)).fill(1),
  );
  collect();
  collect();
  assert.equal(made.length, MUCH >> 20);
}

/** Whether it is gone within a second: memory is given back by other threads. */
async function isCollected(): Promise<boolean> {
  const end = performance.now() + 1000;
  while (performance.now() < end) {
    if (process.memoryUsage().arrayBuffers < MUCH / 2) return true;
    await setImmediate();
  }
  return false;
}

test('what a burst left is collected when nothing has come for a moment; little is left where it is', async () => {
  const note = collectWhenIdle(10);
  leaveMuch();
  note(9);
  assert.equal(await isCollected(), false);
  note(1);
  assert.equal(await isCollected(), true);
});

test('too much is collected in the middle of the burst', async (t) => {
  // Its moment never comes.
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const note = collectWhenIdle(10, 50);
  leaveMuch();
  for (let burst = 0; burst < 49; burst++) note(1);
  assert.equal(await isCollected(), false);
  note(1);
  assert.equal(await isCollected(), true);
});
