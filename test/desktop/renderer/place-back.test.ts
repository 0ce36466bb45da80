import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Snooze } from '../../../common/shapes/snooze.ts';
import { placeBack } from '../../../desktop/renderer/snooze/place-back.ts';
import { makeRow } from './sample-rows.ts';

const back = (id: string, day: number, change: object = {}): Snooze => ({
  mail: makeRow(id, 1, change),
  at: `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`,
  state: 'back',
});
const rows = [makeRow('m9', 9), makeRow('m7', 7), makeRow('m5', 5)];
const place = (snoozes: Snooze[], how = { complete: true, only: false }): string[] =>
  placeBack(rows, snoozes, how).map(({ id, back: at }) => (at === undefined ? id : `${id} back`));

describe('mail that came back from being snoozed', () => {
  it('stands among the mails of the moment at which it came', () => {
    assert.deepEqual(place([back('a', 20), back('b', 6)]), ['a back', 'm9', 'm7', 'b back', 'm5']);
    assert.deepEqual(place([back('old', 2)]), ['m9', 'm7', 'm5', 'old back']);
  });

  it('is moved there, not doubled, and is as the list knows it', () => {
    assert.deepEqual(place([back('m5', 20)]), ['m5 back', 'm9', 'm7']);
    const [first] = placeBack(rows, [back('m5', 20, { flags: ['seen'] })], { complete: true, only: false });
    assert.deepEqual(first?.flags, []);
  });

  it('of several the newest is first', () => {
    assert.deepEqual(place([back('a', 11), back('b', 12)]), ['b back', 'a back', 'm9', 'm7', 'm5']);
  });

  it('waits for its page while that is not loaded, and is not added to a list of what is unread', () => {
    assert.deepEqual(place([back('old', 2)], { complete: false, only: false }), ['m9', 'm7', 'm5']);
    assert.deepEqual(place([back('a', 20)], { complete: true, only: true }), ['m9', 'm7', 'm5']);
    assert.deepEqual(place([back('m5', 20)], { complete: true, only: true }), ['m5 back', 'm9', 'm7']);
  });

  it('is no longer there once it was moved, and what still waits is not yet', () => {
    const moved = back('a', 20, { role: 'archive', mailbox: 'mbx_ar' });
    const waiting = { ...back('b', 20), state: 'waiting' as const };
    assert.equal(placeBack(rows, [moved, waiting], { complete: true, only: false }), rows);
  });
});
