import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type MailChange, type MailState, applyChange } from '../../../storage-server/mail/mail-state.ts';
import { packFlags, packLabels, readLabels, unpackFlags } from '../../../storage-server/mail/mail-record.ts';
import { groupChanges } from '../../../storage-server/mail/change/change-states.ts';
import {
  type Candidate,
  type KnownFilter,
  fitsFilter,
} from '../../../storage-server/mail/selection/filter.ts';
import {
  packChanges,
  takeBack,
  unpackChanges,
} from '../../../storage-server/mail/selection/operation-part.ts';
import type { Flag } from '../../../common/shapes/mail.ts';

function state(mailbox: string, flags: Flag[] = [], labels: string[] = [], id = 1): Candidate {
  return {
    id,
    modseq: 1,
    mailbox,
    thread: id,
    date: 0,
    size: 10,
    flags: packFlags(flags),
    accounts: 'acc_a,acc_b',
    labels: packLabels(labels),
    sender: JSON.stringify([{ name: 'Ana', address: 'Ana@Example.com' }]),
    added: 5,
  };
}
const short = ({ mailbox, flags, labels }: MailState): unknown => [
  mailbox,
  unpackFlags(flags),
  readLabels(labels),
];

describe('what a change makes of a mail', () => {
  const cases: [string, Candidate, MailChange, unknown][] = [
    ['a flag more', state('a'), { addFlags: ['seen'] }, ['a', ['seen'], []]],
    [
      'one more, one less',
      state('a', ['seen']),
      { addFlags: ['flagged'], removeFlags: ['seen'] },
      ['a', ['flagged'], []],
    ],
    ['both at once is less', state('a'), { addFlags: ['seen'], removeFlags: ['seen'] }, null],
    [
      'it is there already',
      state('a', ['seen'], ['Work']),
      { mailbox: 'a', addFlags: ['seen'], addLabels: ['work'] },
      null,
    ],
    ['moved', state('a'), { mailbox: 'b' }, ['b', [], []]],
    [
      'labels in their order',
      state('a', [], ['x']),
      { addLabels: ['Ñandú', 'y'] },
      ['a', [], ['x', 'Ñandú', 'y']],
    ],
    [
      'one label whatever its case and width',
      state('a', [], ['ÑANDÚ']),
      { removeLabels: ['ñａndú'] },
      ['a', [], []],
    ],
    [
      'spelt anew',
      state('a', [], ['work']),
      { removeLabels: ['work'], addLabels: ['Work'] },
      ['a', [], ['Work']],
    ],
    ['no label that is not there', state('a', [], ['x']), { removeLabels: ['z'] }, null],
  ];
  for (const [name, before, change, after] of cases) {
    test(name, () => {
      const result = applyChange(before, change);
      if (after === null) assert.equal(result, before);
      else assert.deepEqual(short(result), after);
    });
  }

  test('no more labels than a mail may have', () => {
    const many = Array.from({ length: 60 }, (_, index) => `label ${index}`);
    assert.equal(readLabels(applyChange(state('a'), { addLabels: many }).labels).length, 50);
  });

  test('mails that become alike are written together', () => {
    const mails = [state('a', [], [], 1), state('b', ['seen'], [], 2), state('a', ['seen'], [], 3)];
    const move = mails.map((before) => ({ before, after: applyChange(before, { mailbox: 'c' }) }));
    assert.deepEqual(groupChanges(move), [{ mails: [1, 2, 3], set: { mailbox: 'c' } }]);
    const read = mails.map((before) => ({ before, after: applyChange(before, { addFlags: ['seen'] }) }));
    assert.deepEqual(groupChanges(read.filter(({ before, after }) => before !== after)), [
      { mails: [1], set: { flags: packFlags(['seen']) } },
    ]);
  });
});

describe('what undo makes of a mail', () => {
  const cases: [string, { before: Candidate; after: Candidate; now: Candidate }, unknown][] = [
    ['as it was left', { before: state('a'), after: state('b'), now: state('b') }, ['a', [], []]],
    [
      'what else changed since stays',
      { before: state('a'), after: state('b'), now: state('b', ['seen'], ['x']) },
      ['a', ['seen'], ['x']],
    ],
    ['moved on since', { before: state('a'), after: state('b'), now: state('c') }, null],
    [
      'a flag of the operation',
      { before: state('a', ['flagged']), after: state('a', ['flagged', 'seen']), now: state('c', ['seen']) },
      ['c', [], []],
    ],
    ['taken off since', { before: state('a'), after: state('a', ['seen']), now: state('a') }, null],
    [
      'labels put on and taken off',
      {
        before: state('a', [], ['x', 'y']),
        after: state('a', [], ['y', 'z']),
        now: state('a', [], ['y', 'z', 'w']),
      },
      ['a', [], ['y', 'w', 'x']],
    ],
    [
      'a label spelt and placed anew',
      {
        before: state('a', [], ['WORK', 'x']),
        after: state('a', [], ['x', 'Work']),
        now: state('a', [], ['x', 'Work']),
      },
      ['a', [], ['WORK', 'x']],
    ],
    [
      'one of them came back since',
      { before: state('a', [], ['x']), after: state('a'), now: state('a', [], ['X']) },
      null,
    ],
  ];
  for (const [name, { before, after, now }, expected] of cases) {
    test(name, () => {
      const [change] = unpackChanges(packChanges([{ id: 1, before, after }]));
      assert.ok(change);
      const result = takeBack(now, change);
      assert.deepEqual(result === null ? null : short(result), expected);
    });
  }

  test('a million changes take 20 bytes each', () => {
    const changes = Array.from({ length: 1000 }, (_, id) => ({
      id: 1_000_000 + id,
      before: state('mbx_0123456789abcdefghij'),
      after: state('mbx_0123456789abcdefghik'),
    }));
    const packed = packChanges(changes);
    assert.ok(packed.length < 25_000, `${packed.length}`);
    assert.deepEqual(unpackChanges(packed)[999]?.id, 1_000_999);
  });
});

describe('which mails a filter means', () => {
  const all: KnownFilter = {
    mailbox: null,
    account: null,
    label: null,
    from: null,
    thread: null,
    unread: null,
    query: null,
  };
  const mail = state('a', ['seen'], ['Work']);
  const cases: [string, Partial<KnownFilter>, boolean][] = [
    ['all', {}, true],
    ['its mailbox', { mailbox: 'a' }, true],
    ['another', { mailbox: 'b' }, false],
    ['read ones', { unread: false }, true],
    ['unread ones', { unread: true }, false],
    ['one of its accounts', { account: 'acc_b' }, true],
    ['the begin of an account', { account: 'acc_' }, false],
    ['its label by key', { label: 'work' }, true],
    ['another label', { label: 'wor' }, false],
    ['its sender', { from: 'ana@example.com' }, true],
    ['a part of its sender', { from: 'ana@example.co' }, false],
    ['all of them at once', { mailbox: 'a', unread: false, label: 'work', from: 'x@example.com' }, false],
  ];
  for (const [name, filter, expected] of cases) {
    test(name, () => assert.equal(fitsFilter(mail, { ...all, ...filter }), expected));
  }
});
