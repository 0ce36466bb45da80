import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MailPage, MailRow } from '../../../common/shapes/mail.ts';
import { makeRow } from './sample-rows.ts';
import {
  bringsUnknown,
  compareRows,
  patchCounters,
  patchPages,
  type MailList,
  type Pages,
} from '../../../desktop/renderer/mail/cache/patch-lists.ts';

const INBOX = { box: 'inbox', account: null };

function makePages(rows: MailRow[][], next: string | null): Pages {
  const all = rows.flat();
  const unread = all.filter((row) => !row.flags.includes('seen')).length;
  const pages: MailPage[] = rows.map((mails, at) => ({
    mails,
    next: at < rows.length - 1 ? 'more' : next,
    total: next === null ? all.length : all.length + 10,
    unread,
  }));
  return { pages, pageParams: rows.map(() => null) };
}

const ids = (data: Pages): string[][] => data.pages.map((page) => page.mails.map((row) => row.id));

describe('loaded pages of a list', () => {
  const data = makePages([[makeRow('m9', 9), makeRow('m7', 7)], [makeRow('m5', 5)]], 'more');

  it('take a new mail in at its place', () => {
    const now = patchPages(data, INBOX, { mails: [makeRow('m8', 8)], removed: [] });
    assert.deepEqual(ids(now), [['m9', 'm8', 'm7'], ['m5']]);
    assert.equal(now.pages[0]?.total, 14);
    assert.equal(now.pages[0]?.unread, 4);
  });

  it('of conversations: take a row back in that was one of them, and no mail that may be part of one', () => {
    const list = { ...INBOX, how: 'conversations' as const };
    const thread = { count: 1, unread: 1 };
    const change = { mails: [makeRow('m8', 8, { thread }), makeRow('m6', 6)], removed: [] };
    assert.deepEqual(ids(patchPages(data, list, change)), [['m9', 'm8', 'm7'], ['m5']]);
  });

  it('leave what belongs to a page that is not loaded', () => {
    const now = patchPages(data, INBOX, { mails: [makeRow('m1', 1)], removed: [] });
    assert.deepEqual(ids(now), [['m9', 'm7'], ['m5']]);
  });

  it('take the oldest in at the end when everything is loaded', () => {
    const whole = makePages([[makeRow('m9', 9)]], null);
    assert.deepEqual(ids(patchPages(whole, INBOX, { mails: [makeRow('m1', 1)], removed: [] })), [
      ['m9', 'm1'],
    ]);
  });

  it('let go of what was removed or moved, and of nothing else', () => {
    const moved = makeRow('m7', 7, { mailbox: 'mbx_trash', role: 'trash' });
    const now = patchPages(data, INBOX, { mails: [moved], removed: ['m5', 'unknown'] });
    assert.deepEqual(ids(now), [['m9'], []]);
    assert.equal(now.pages[0]?.total, 11);
  });

  it('are the same after the same change twice', () => {
    const change = {
      mails: [makeRow('m8', 8, { flags: ['seen'] }), makeRow('m9', 9, { flags: ['seen'] })],
      removed: ['m5'],
    };
    const once = patchPages(data, INBOX, change);
    assert.deepEqual(patchPages(once, INBOX, change), once);
    assert.equal(once.pages[0]?.unread, 1);
  });

  it('show only mail of the account when one is chosen', () => {
    const other = makeRow('m8', 8, { accounts: ['acc_b'] });
    const list = { box: 'inbox', account: 'acc_a' };
    assert.deepEqual(ids(patchPages(data, list, { mails: [other], removed: [] })), ids(data));
  });

  it('stand in the order of the server: date, then the number of the mail', () => {
    const rows = [makeRow('m2-x', 5), makeRow('m10-x', 5), makeRow('m1-x', 6)].sort(compareRows);
    assert.deepEqual(
      rows.map((row) => row.id),
      ['m1-x', 'm10-x', 'm2-x'],
    );
  });
});

describe('lists that news are put into', () => {
  const list: MailList = { box: 'inbox', account: null };
  const pages: Pages = {
    pages: [{ mails: [makeRow('m1', 3)], next: null, total: 1, unread: 1 }],
    pageParams: [null],
  };
  const add = (how: MailList['how'] | 'search', ...mails: MailRow[]) => {
    const place = how === 'search' ? { ...list, query: 'word' } : how === undefined ? list : { ...list, how };
    return patchPages(pages, place, { mails, removed: [] }).pages[0]!.mails.map(({ id }) => id);
  };
  const fresh = makeRow('m2', 4);
  const read = makeRow('m3', 5, { flags: ['seen'] });

  it('get what belongs there; conversations and what was found are for the server to say', () => {
    assert.deepEqual(add(undefined, fresh, read), ['m3', 'm2', 'm1']);
    assert.deepEqual(add('unread', fresh, read), ['m2', 'm1']);
    assert.deepEqual(add('conversations', fresh), ['m1']);
    assert.deepEqual(add('search', fresh), ['m1']);
    assert.equal(bringsUnknown(pages, { mails: [fresh], removed: [] }), true);
    assert.equal(
      bringsUnknown(pages, { mails: [makeRow('m1', 3, { flags: ['seen'] })], removed: [] }),
      false,
    );
  });
});

describe('counters of mailboxes', () => {
  it('follow a move and come back when it is undone', () => {
    const make = (id: string, total: number, unread: number) => ({
      id,
      name: id,
      role: null,
      parent: null,
      path: id,
      total,
      unread,
      bytes: 0,
    });
    const boxes = [make('mbx_in', 5, 2), make('mbx_trash', 0, 0)];
    const before = [makeRow('m1', 1), makeRow('m2', 2, { flags: ['seen'] })];
    const after = before.map((row) => ({ ...row, mailbox: 'mbx_trash', role: 'trash' as const }));
    const moved = patchCounters(boxes, before, after);
    assert.deepEqual(
      moved.map(({ total, unread }) => [total, unread]),
      [
        [3, 1],
        [2, 1],
      ],
    );
    assert.deepEqual(patchCounters(moved, after, before), boxes);
  });
});
