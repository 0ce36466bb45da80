import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger, type Logger } from '../../server-kit/log.ts';
import { pauseUpTo, repeat } from '../../server-kit/repeat.ts';

test('after failures it waits as told and logs them; a success starts the count again', async () => {
  const stopping = new AbortController();
  const paused: number[] = [];
  const logged: unknown[] = [];
  const log: Logger = {
    ...silentLogger,
    warn: (event, fields) => logged.push([event, (fields as { failures: number }).failures]),
  };
  const outcomes = ['fails', 'fails', 'works', 'fails'];
  const pause = (failures: number): number => {
    paused.push(failures);
    return 0;
  };
  await repeat(stopping.signal, { log, event: 'it.failed', pause }, async () => {
    const outcome = outcomes.shift();
    if (outcome === 'fails') throw new Error('as told');
    if (outcome === undefined) stopping.abort();
  });
  assert.deepEqual(paused, [1, 2, 1]);
  assert.deepEqual(logged, [
    ['it.failed', 1],
    ['it.failed', 2],
    ['it.failed', 1],
  ]);
});

test('the signal ends it during work and during a pause, without another word in the log', async () => {
  const log: Logger = { ...silentLogger, warn: () => assert.fail('nothing went wrong') };
  const working = new AbortController();
  await repeat(working.signal, { log, event: 'it.failed', pause: () => 0 }, async () => {
    working.abort();
    throw new Error('aborted');
  });
  const pausing = new AbortController();
  const pause = (): number => {
    setImmediate(() => pausing.abort());
    return 3_600_000;
  };
  await repeat(pausing.signal, { log: silentLogger, event: 'it.failed', pause }, async () => {
    throw new Error('as told');
  });
});

test('the pause doubles from half a second up to the longest', () => {
  const pause = pauseUpTo(3000);
  assert.deepEqual([1, 2, 3, 4, 5000].map(pause), [500, 1000, 2000, 3000, 3000]);
});
