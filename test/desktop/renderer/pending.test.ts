import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MailPage } from '../../../common/shapes/mail.ts';
import { pendingChanges } from '../../../desktop/renderer/mail/cache/pending.ts';
import { patchPages } from '../../../desktop/renderer/mail/cache/patch-lists.ts';
import { makeRow } from './sample-rows.ts';

const INBOX = { box: 'inbox', account: null };
const rows = ['a', 'b', 'c'].map((id) => makeRow(id, 9));
const page: MailPage = { mails: rows, next: null, total: 3, unread: 3 };
const archived = { ...rows[0]!, mailbox: 'mbx_ar', role: 'archive' as const };

/** What a reading of the inbox shows; `meanwhile` happens after the server has answered with `page`. */
function readInbox(meanwhile: () => void = () => undefined): string[] {
  const takeOwn = pendingChanges.beginReading();
  meanwhile();
  const held = patchPages({ pages: [page], pageParams: [null] }, INBOX, takeOwn());
  return held.pages.flatMap(({ mails }) => mails).map(({ id }) => id);
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

  it('a list that is read meanwhile does not bring back what has left it on the screen', () => {
    const endMove = pendingChanges.add(['a'], [archived]);
    const endRemoval = pendingChanges.add(['b'], []);
    assert.deepEqual(readInbox(), ['c']);
    endMove(true);
    endRemoval(true);
    assert.deepEqual(readInbox(), ['a', 'b', 'c'], 'what the server says is true again');
  });

  it('neither does one whose answer is older than the end of the change', () => {
    const end = pendingChanges.add(['a'], [archived]);
    assert.deepEqual(
      readInbox(() => end(true)),
      ['b', 'c'],
    );
    assert.deepEqual(
      readInbox(() => pendingChanges.add(['a'], [archived])(true)),
      ['b', 'c'],
    );
  });

  it('but what the server refused is back', () => {
    const end = pendingChanges.add(['a'], [archived]);
    assert.deepEqual(
      readInbox(() => end(false)),
      ['a', 'b', 'c'],
    );
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

  it('of two changes of a mail the last is shown: taken back, it is there with its conversation', () => {
    const endMove = pendingChanges.add(['a'], [archived]);
    const endUndo = pendingChanges.add(['a'], [{ ...rows[0]!, flags: ['seen'] }]);
    const threaded = { ...page, mails: [{ ...rows[0]!, thread: { count: 2, unread: 1 } }] };
    const own = pendingChanges.beginReading()();
    const [held] = patchPages({ pages: [threaded], pageParams: [null] }, INBOX, own).pages;
    assert.deepEqual([held?.mails[0]?.flags, held?.mails[0]?.thread?.count], [['seen'], 2]);
    endMove(true);
    endUndo(true);
  });
});
