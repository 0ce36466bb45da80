import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DAY, HOUR } from '../../../common/time.ts';
import type { MailState } from '../../../storage-server/mail/mail-state.ts';
import { type SubjectMail, chooseBySubject } from '../../../storage-server/mail/threads/choose-by-subject.ts';
import { mergeThreads } from '../../../storage-server/mail/threads/merge-threads.ts';
import { makeSubjectKey, readSubject } from '../../../storage-server/mail/threads/subject.ts';
import {
  ThreadChanges,
  type ThreadRow,
  countThreads,
} from '../../../storage-server/mail/threads/thread-changes.ts';

function keyOf(subject: string): number | null {
  return makeSubjectKey(readSubject(subject).base);
}

describe('what a subject says', () => {
  const cases: [string, string, boolean][] = [
    ['Garden plan', 'garden plan', false],
    ['Re: Garden plan', 'garden plan', true],
    ['RE: re : RE:Garden   plan', 'garden plan', true],
    ['Re[2]: Garden plan', 'garden plan', true],
    ['Re^3: Garden plan', 'garden plan', true],
    ['RV: Garden plan', 'garden plan', false],
    ['Fwd: Garden plan', 'garden plan', false],
    ['Re: Fwd: Garden plan', 'garden plan', true],
    ['AW: WG: Garden plan', 'garden plan', true],
    ['Rép: Garden plan', 'garden plan', true],
    ['SV: Garden plan', 'garden plan', true],
    ['回复：园艺计划', '园艺计划', true],
    ['Re：Garden plan', 'garden plan', true],
    ['[gardeners] Re: Garden plan', 'garden plan', true],
    ['Re: [gardeners] Garden plan', 'garden plan', true],
    ['Garden plan (fwd)', 'garden plan', false],
    ['Información de José', 'informacion de jose', false],
    ['Re:', 're:', false],
    ['[done]', '[done]', false],
    ['Rest: a plan', 'rest: a plan', false],
    ['Reorganisation', 'reorganisation', false],
    ['', '', false],
  ];
  for (const [subject, base, answer] of cases) {
    test(JSON.stringify(subject), () => assert.deepEqual(readSubject(subject), { base, answer }));
  }

  test('two prefixes, case and accents make no other conversation; other words do', () => {
    assert.equal(keyOf('Re: Plan del jardín'), keyOf('PLAN DEL JARDIN'));
    assert.notEqual(keyOf('Plan del jardín'), keyOf('Plan de jardín'));
  });
  for (const subject of [
    '',
    'Re:',
    'Re: hi',
    'Hola',
    'RE: Información',
    '(no subject)',
    '12/2026',
    'abc',
    '中文',
    '1a 2b 3c',
  ]) {
    test(`${JSON.stringify(subject)} says too little`, () => assert.equal(keyOf(subject), null));
  }
});

describe('which conversation a mail without references belongs to', () => {
  const mail = (change: Partial<SubjectMail>): SubjectMail => ({
    thread: 1,
    date: 0,
    answer: false,
    from: ['ana@x'],
    to: ['me@x'],
    ...change,
  });
  const mine = { from: ['me@x'], to: ['ana@x'] };
  const cases: [string, SubjectMail, SubjectMail[], number | null][] = [
    ['my answer', mail({ ...mine, date: HOUR, answer: true }), [mail({})], 1],
    ['the sender once more', mail({ date: HOUR, answer: true }), [mail({})], 1],
    ['no answer', mail({ ...mine, date: HOUR }), [mail({})], null],
    ['too late', mail({ ...mine, date: 31 * DAY, answer: true }), [mail({})], null],
    ['in the last moment', mail({ ...mine, date: 30 * DAY, answer: true }), [mail({})], 1],
    ['an answer before its original', mail({ ...mine, date: -HOUR, answer: true }), [mail({})], null],
    ['the original comes later', mail({}), [mail({ ...mine, date: HOUR, answer: true })], 1],
    ['somebody else’s', mail({ from: ['bea@x'], date: HOUR, answer: true }), [mail({})], null],
    ['to somebody else', mail({ ...mine, to: ['bea@x'], date: HOUR, answer: true }), [mail({})], null],
    [
      'a third one who got it',
      mail({ from: ['bea@x'], date: HOUR, answer: true }),
      [mail({ to: ['me@x', 'bea@x'] })],
      1,
    ],
    [
      'the nearest',
      mail({ ...mine, date: 10 * HOUR, answer: true }),
      [mail({}), mail({ thread: 2, date: 8 * HOUR })],
      2,
    ],
  ];
  for (const [name, one, others, expected] of cases) {
    test(name, () => assert.equal(chooseBySubject(one, others), expected));
  }
});

describe('which thread takes in which', () => {
  const cases: [string, [number, number][], { target: number | null; merged: number[] }][] = [
    ['one', [[5, 3]], { target: 5, merged: [] }],
    [
      'the smaller one goes',
      [
        [1, 2],
        [9, 5],
      ],
      { target: 9, merged: [1] },
    ],
    [
      'of equal ones the younger',
      [
        [9, 2],
        [3, 2],
      ],
      { target: 3, merged: [9] },
    ],
    [
      'no room for both',
      [
        [1, 6],
        [2, 5],
      ],
      { target: 1, merged: [] },
    ],
    [
      'room for one of them',
      [
        [1, 6],
        [2, 4],
        [3, 2],
      ],
      { target: 1, merged: [3] },
    ],
    [
      'full',
      [
        [1, 10],
        [2, 1],
      ],
      { target: null, merged: [] },
    ],
  ];
  for (const [name, threads, expected] of cases) {
    test(name, () => {
      const sizes = threads.map(([thread, size]) => ({ thread, size }));
      assert.deepEqual(mergeThreads(sizes, 10), expected);
    });
  }
});

describe('what becomes of a conversation’s row', () => {
  const mail = (id: number, change: Partial<MailState> = {}): MailState => ({
    id,
    modseq: 1,
    mailbox: 'in',
    thread: 1,
    date: id * 10,
    size: 1,
    flags: 0,
    accounts: '',
    labels: null,
    ...change,
  });
  const row = (change: Partial<ThreadRow> = {}): ThreadRow => ({
    thread: 1,
    mailbox: 'in',
    date: 20,
    mail: 2,
    total: 2,
    unread: 2,
    ...change,
  });
  type Replaced = [MailState | null, MailState | null];
  const place = { thread: 1, mailbox: 'in' };
  const cases: [string, Replaced[], ThreadRow[], object][] = [
    ['the first mail', [[null, mail(2)]], [], { put: [row({ total: 1, unread: 1 })] }],
    ['an older one', [[null, mail(1)]], [row()], { count: [row({ total: 3, unread: 3 })] }],
    ['a newer one', [[null, mail(3)]], [row()], { put: [row({ total: 3, unread: 3, date: 30, mail: 3 })] }],
    [
      'of equal dates the higher number',
      [[null, mail(7, { date: 20 })]],
      [row()],
      { put: [row({ total: 3, unread: 3, mail: 7 })] },
    ],
    ['read', [[mail(1), mail(1, { flags: 1 })]], [row()], { count: [row({ unread: 1 })] }],
    ['flagged only', [[mail(1), mail(1, { flags: 2 })]], [row()], {}],
    ['an older one leaves', [[mail(1), null]], [row()], { count: [row({ total: 1, unread: 1 })] }],
    ['the newest leaves', [[mail(2), null]], [row()], { recount: [place] }],
    [
      'all leave',
      [
        [mail(1), null],
        [mail(2), null],
      ],
      [row()],
      { drop: [place] },
    ],
    [
      'the newest leaves for elsewhere',
      [[mail(2), mail(2, { mailbox: 'out' })]],
      [row()],
      { recount: [place], put: [row({ mailbox: 'out', total: 1, unread: 1 })] },
    ],
    [
      'there and back',
      [
        [mail(2), null],
        [null, mail(2)],
      ],
      [row()],
      { recount: [place] },
    ],
  ];
  for (const [name, replaced, rows, expected] of cases) {
    test(name, () => {
      const changes = new ThreadChanges();
      for (const [before, after] of replaced) changes.replace(before, after);
      const decided = changes.decide(rows);
      decided.put.sort((a, b) => a.mailbox.localeCompare(b.mailbox));
      assert.deepEqual(decided, { put: [], count: [], drop: [], recount: [], ...expected });
    });
  }

  test('counted again from the mails', () => {
    const mails = [
      mail(1, { flags: 1 }),
      mail(2),
      mail(3, { mailbox: 'out' }),
      mail(4, { date: 20, flags: 1 }),
    ];
    assert.deepEqual(countThreads([place, { thread: 9, mailbox: 'in' }], mails), [
      row({ mail: 4, total: 3, unread: 1 }),
    ]);
  });
});
