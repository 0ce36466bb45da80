import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKeepAliveDue, judgeIdle } from '../../../desktop/renderer/lab/judge-idle.ts';
import { chooseWidth, readViewerKey, stepZoom } from '../../../desktop/renderer/viewer/zoom.ts';

const MINUTE = 60_000;

test('somebody is warned a minute before the end, and of a short time-out for half of it', () => {
  const cases: [number, number, string, number][] = [
    [0, 10, 'active', 600],
    [9 * MINUTE - 1, 10, 'active', 61],
    [9 * MINUTE, 10, 'warning', 60],
    [10 * MINUTE - 1, 10, 'warning', 1],
    [10 * MINUTE, 10, 'over', 0],
    [90 * MINUTE, 10, 'over', 0],
    [29_000, 1, 'active', 31],
    [30_000, 1, 'warning', 30],
  ];
  for (const [since, minutes, state, left] of cases) {
    assert.deepEqual(judgeIdle(1000 + since, 1000, minutes * MINUTE), { state, left }, `${since}`);
  }
});

test('the server hears of new activity only, and well before it would end the session', () => {
  const due = (now: number, activity: number, told: number): boolean =>
    isKeepAliveDue(now, { activity, told }, 9 * MINUTE);
  assert.equal(due(2 * MINUTE, 2 * MINUTE, 0), false);
  assert.equal(due(3 * MINUTE, 2 * MINUTE, 0), true);
  assert.equal(due(8 * MINUTE, 2 * MINUTE, 2 * MINUTE), false, 'nobody was there since');
  assert.equal(isKeepAliveDue(4 * MINUTE, { activity: 1, told: 0 }, 240 * MINUTE), true);
});

test('the viewer turns pages and zooms by keys, and asks for widths in coarse steps', () => {
  assert.deepEqual(readViewerKey('PageDown'), { page: 1 });
  assert.deepEqual(readViewerKey('Home'), { page: -Infinity });
  assert.deepEqual(readViewerKey('0'), { zoom: 0 });
  assert.equal(readViewerKey('x'), null);
  assert.deepEqual([stepZoom(1, 1), stepZoom(3, 1), stepZoom(0.5, -1)], [1.5, 3, 0.5]);
  assert.deepEqual(
    [chooseWidth(960, 1, 1), chooseWidth(961, 1, 1), chooseWidth(960, 3, 2), chooseWidth(0, 1, 1)],
    [1000, 1000, 2600, 100],
  );
});
