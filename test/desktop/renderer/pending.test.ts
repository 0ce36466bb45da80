import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MailPage } from '../../../common/shapes/mail.ts';
import { pendingChanges } from '../../../desktop/renderer/mail/cache/pending.ts';
import { makeRow } from './sample-rows.ts';

const INBOX = { box: 'inbox', account: null };
const rows = ['a', 'b', 'c'].map((id) => makeRow(id, 9));
const page: MailPage = { mails: rows, next: null, total: 3, unread: 3 };
const archived = { ...rows[0]!, mailbox: 'mbx_ar', role: 'archive' as const };

/** What a reading of the inbox shows; `meanwhile` happens after the server has answered with `page`. */
async function readInbox(meanwhile: () => void = () => undefined): Promise<string[]> {
  const held = await pendingChanges.hold(INBOX, async () => {
    meanwhile();
    return page;
  });
  return held.mails.map(({ id }) => id);
}

describe('changes under way', () => {
  it('a mail that was changed while the server was asked is not shown as it was before', () => {
    const endA = pendingChanges.add(['a'], rows);
    pendingChanges.add(['b'], rows)(true);
    pendingChanges.beginNoting();
    assert.equal(pendingChanges.wasTouched('a'), true, 'still under way');
    assert.equal(pendingChanges.wasTouched('b'), false, 'ended before');
    endA(true);
    pendingChanges.add(['c'], rows)(true);
    assert.equal(pendingChanges.wasTouched('a'), true, 'ended since');
    assert.equal(pendingChanges.wasTouched('c'), true, 'begun and ended since');
    pendingChanges.beginNoting();
    assert.equal(pendingChanges.wasTouched('a'), false);
  });

  it('a list that is read meanwhile does not bring back what has left it on the screen', async () => {
    const endMove = pendingChanges.add(['a'], [archived]);
    const endRemoval = pendingChanges.add(['b'], []);
    assert.deepEqual(await readInbox(), ['c']);
    endMove(true);
    endRemoval(true);
    assert.deepEqual(await readInbox(), ['a', 'b', 'c'], 'what the server says is true again');
  });

  it('neither does one whose answer is older than the end of the change', async () => {
    const end = pendingChanges.add(['a'], [archived]);
    assert.deepEqual(await readInbox(() => end(true)), ['b', 'c']);
    assert.deepEqual(await readInbox(() => pendingChanges.add(['a'], [archived])(true)), ['b', 'c']);
  });

  it('but what the server refused is back', async () => {
    const end = pendingChanges.add(['a'], [archived]);
    assert.deepEqual(await readInbox(() => end(false)), ['a', 'b', 'c']);
  });

  it('tells when none of some mails is changed any more, done or refused', () => {
    const told: string[] = [];
    const ends = ['a', 'a', 'b'].map((id) => pendingChanges.add([id], []));
    pendingChanges.whenEnded(['c'], () => told.push('c'));
    pendingChanges.whenEnded(['b'], () => told.push('b'));
    pendingChanges.whenEnded(['a', 'b'], () => told.push('ab'));
    ends[0]?.(true);
    ends[2]?.(false);
    assert.deepEqual(told, ['c', 'b']);
    ends[1]?.(true);
    assert.deepEqual(told, ['c', 'b', 'ab']);
  });

  it('of two changes of a mail the last is shown: taken back, it is there with its conversation', async () => {
    const endMove = pendingChanges.add(['a'], [archived]);
    const endUndo = pendingChanges.add(['a'], [{ ...rows[0]!, flags: ['seen'] }]);
    const threaded = { ...page, mails: [{ ...rows[0]!, thread: { count: 2, unread: 1 } }] };
    const held = await pendingChanges.hold(INBOX, async () => threaded);
    assert.deepEqual([held.mails[0]?.flags, held.mails[0]?.thread?.count], [['seen'], 2]);
    endMove(true);
    endUndo(true);
  });
});
