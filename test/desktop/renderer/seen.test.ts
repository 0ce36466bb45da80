import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { beginReading, takeReadAt, whenReadAt } from '../../../desktop/renderer/mail/cache/seen.ts';
import { forgetSession } from '../../../desktop/renderer/session/forget.ts';

describe('from where on news are news', () => {
  it('is the lowest modseq that anything was read at', () => {
    for (const modseq of [70, undefined, 50, 90]) beginReading()(modseq);
    assert.deepEqual([takeReadAt(), takeReadAt()], [50, null]);
  });

  it('is nothing of a session that ended, also when its answer comes later', () => {
    beginReading()(70);
    const late = beginReading();
    forgetSession();
    late(80);
    assert.equal(takeReadAt(), null);
    beginReading()(9000);
    assert.equal(takeReadAt(), 9000);
  });

  it('is told to who listens, with it', () => {
    const told: (number | null)[] = [];
    const leave = whenReadAt(() => told.push(takeReadAt()));
    beginReading()(7);
    beginReading()(undefined);
    leave();
    beginReading()(5);
    assert.deepEqual([told, takeReadAt()], [[7], 5]);
  });
});
