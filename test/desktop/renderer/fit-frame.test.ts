import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  judgeHeight,
  UNMEASURED,
  type FrameHeight,
} from '../../../desktop/renderer/reader/body/fit-frame.ts';

/** What becomes of a frame whose page wants `want(height)`, looked at 40 times, `gap` milliseconds apart, while that changes. */
function follow(want: (height: number, step: number) => number, gap = 16): FrameHeight {
  let state = UNMEASURED;
  let last = 0;
  for (let step = 0; step < 40; step += 1) {
    const wanted = want(state.height, step);
    // The observer tells changes only.
    if (wanted !== last) state = judgeHeight(state, wanted, step * gap);
    last = wanted;
  }
  return state;
}

describe('a frame is as high as its page', () => {
  const table: [string, FrameHeight, number, boolean][] = [
    ['a page that is as high as it is', follow(() => 812), 812, false],
    [
      'a picture in each frame, all of a size',
      follow((_, step) => 200 + 90 * Math.min(step, 13)),
      1370,
      false,
    ],
    [
      'pictures of one size, each when it has come',
      follow((_, step) => 200 + 90 * Math.min(step, 30), 400),
      2900,
      false,
    ],
    ['100vh and a margin', follow((height) => Math.max(300, height) + 8), 340, true],
    ['twice its window', follow((height) => Math.max(150, 2 * height)), 1200, true],
    ['half its window and words', follow((height) => Math.ceil(height / 2) + 500), 1000, false],
    ['higher than anybody reads', follow(() => 90_000_000), 60_000, true],
  ];
  for (const [name, { height, held }, wanted, stays] of table) {
    it(name, () =>
      assert.deepEqual([Math.round(height / 10) * 10, held], [Math.round(wanted / 10) * 10, stays]),
    );
  }
});
