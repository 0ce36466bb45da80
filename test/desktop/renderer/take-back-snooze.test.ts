import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Snooze } from '../../../common/shapes/snooze.ts';
import { planTakeBack } from '../../../desktop/renderer/snooze/plan-take-back.ts';
import { makeRow } from './sample-rows.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const MONDAY = '2026-11-23T08:00:00.000Z';
const FRIDAY = '2026-11-27T08:00:00.000Z';
const put = (id: string, at: string, state: Snooze['state'] = 'waiting'): Snooze => ({
  mail: makeRow(id, 1),
  at,
  state,
});

describe('undoing that mails were put off', () => {
  it('gives those that waited their former time, and ends the others', () => {
    const before = [put('a', MONDAY), put('b', FRIDAY), put('c', MONDAY), put('other', MONDAY)];
    assert.deepEqual(planTakeBack(['a', 'b', 'c', 'new'], before, NOW), {
      end: ['new'],
      set: [
        { at: MONDAY, ids: ['a', 'c'] },
        { at: FRIDAY, ids: ['b'] },
      ],
    });
  });

  it('ends what had come back, and what would have by now', () => {
    const before = [put('back', MONDAY, 'back'), put('due', '2026-11-21T11:59:59.000Z')];
    assert.deepEqual(planTakeBack(['back', 'due'], before, NOW), { end: ['back', 'due'], set: [] });
  });
});
