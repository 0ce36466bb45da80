import assert from 'node:assert/strict';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { collectWhenIdle } from '../../../storage-server/thread/collect-when-idle.ts';

/** Counts collections that were asked for. */
function countForced(): () => Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries() as unknown as { detail: { flags: number } }[])
      if ((detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0) count += 1;
  });
  observer.observe({ entryTypes: ['gc'] });
  return async () => {
    // Entries come in a turn of their own.
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    return count;
  };
}

/** Longer than it waits. */
const IDLE = 600;

test('a burst is collected once, when nothing has come for a moment; what is not worth it is not', async () => {
  const note = collectWhenIdle(10);
  const forced = countForced();
  note(9);
  await setTimeout(IDLE);
  assert.equal(await forced(), 0);
  note(1);
  note(10);
  assert.equal(await forced(), 0);
  await setTimeout(IDLE);
  assert.equal(await forced(), 1);
});

test('too much is collected in the middle of the burst, and then counted anew', async () => {
  const note = collectWhenIdle(10, { most: 50 });
  const forced = countForced();
  note(49);
  assert.equal(await forced(), 0);
  note(1);
  assert.equal(await forced(), 1);
  note(9);
  await setTimeout(IDLE);
  assert.equal(await forced(), 1);
});

test('while it may not be, nothing is collected; what has come by then is not forgotten', async () => {
  let may = false;
  const note = collectWhenIdle(10, { mayCollect: () => may });
  const forced = countForced();
  note(10);
  await setTimeout(IDLE);
  assert.equal(await forced(), 0);
  may = true;
  note(0);
  await setTimeout(IDLE);
  assert.equal(await forced(), 1);
});
