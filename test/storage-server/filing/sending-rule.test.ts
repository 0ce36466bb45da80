import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DAY, HOUR } from '../../../common/time.ts';
import { readEnvelope } from '../../../storage-server/filing/envelope.ts';
import { makeLoopMark, describeCase } from '../../../storage-server/filing/describe-mail.ts';
import { mayForward, maySend, refuseAnswer } from '../../../storage-server/filing/sending-rule.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const MARK = makeLoopMark('usr_ana');
const ACCOUNT = { email: 'ana@work.test' };

function makeCase(fields: readonly string[], change: { received?: number; importing?: boolean } = {}) {
  const given = ['Return-Path: <bob@x.test>', `Received: from x by y; ${new Date(NOW - HOUR).toUTCString()}`];
  const names = new Set(fields.map((field) => field.slice(0, field.indexOf(':')).toLowerCase()));
  const rest = given.filter((field) => !names.has(field.slice(0, field.indexOf(':')).toLowerCase()));
  const header = Buffer.from([...rest, ...fields, '', ''].join('\r\n'));
  const way = { received: NOW, importing: false, loopMark: MARK, account: ACCOUNT, ...change };
  return describeCase(header, way);
}
const hops = (count: number): string[] =>
  Array.from({ length: count }, () => `Received: from a by b; ${new Date(NOW).toUTCString()}`);

describe('what may leave because of a mail', () => {
  const cases: [string, ReturnType<typeof makeCase>, send: boolean, forward: boolean][] = [
    ['an ordinary mail', makeCase([]), true, true],
    ['a first import', makeCase([], { importing: true }), false, false],
    ['collected three days late', makeCase([], { received: NOW + 3 * DAY - HOUR }), true, true],
    ['collected later', makeCase([], { received: NOW + 3 * DAY }), false, false],
    ['our own mark', makeCase([`X-Valija-Loop: ${MARK}`]), false, false],
    ['our own mark among others', makeCase(['X-Valija-Loop: other', `x-valija-loop: ${MARK}`]), false, false],
    ['another user’s mark', makeCase([`X-Valija-Loop: ${makeLoopMark('usr_eve')}`]), true, true],
    ['30 hosts', makeCase(hops(30)), true, true],
    ['31 hosts', makeCase(hops(31)), false, false],
    ['a null sender', makeCase(['Return-Path: <>']), true, false],
    ['a report', makeCase(['Content-Type: multipart/report; report-type=delivery-status']), true, false],
    [
      'a bounce of a server that tells no envelope',
      makeCase(['Return-Path: ?', 'From: Mail System <MAILER-DAEMON@x.test>']),
      true,
      false,
    ],
    ['anything else without envelope', makeCase(['Return-Path: ?', 'From: Bob <bob@x.test>']), true, true],
    [
      'no Received, an old Date',
      makeCase(['Received: x', 'Date: Mon, 2 Nov 2026 10:00:00 +0000']),
      false,
      false,
    ],
  ];
  for (const [name, mail, send, forward] of cases) {
    test(name, () => assert.deepEqual([maySend(mail), mayForward(mail)], [send, forward]));
  }
});

describe('who gets no automatic answer', () => {
  const people = { from: ['bob@x.test'], addressed: ['ana@work.test'], own: ['Ana@work.test'] };
  const cases: [string, string[], Partial<typeof people>, string | null][] = [
    ['who wrote to the user', [], {}, null],
    ['Auto-Submitted: no', ['Auto-Submitted: no (really)'], {}, null],
    ['a program', ['Auto-Submitted: auto-generated'], {}, 'automatic'],
    ['an answer of a program', ['Auto-Submitted: auto-replied (vacation)'], {}, 'automatic'],
    ['a word that begins with no', ['Auto-Submitted: notified'], {}, 'automatic'],
    ['the null sender', ['Return-Path: <>'], {}, 'automatic'],
    ['Exchange asks for none', ['X-Auto-Response-Suppress: DR, OOF, AutoReply'], {}, 'automatic'],
    ['Exchange asks for something else', ['X-Auto-Response-Suppress: DR'], {}, null],
    ['a list by its id', ['List-Id: <x.lists.test>'], {}, 'list'],
    ['a newsletter', ['List-Unsubscribe: <https://x.test>'], {}, 'list'],
    ['bulk', ['Precedence: bulk'], {}, 'list'],
    ['a list by its precedence', ['Precedence: LIST'], {}, 'list'],
    ['spam', ['X-Spam-Flag: YES'], {}, 'spam'],
    ['noreply', [], { from: ['no-reply@x.test'] }, 'robot'],
    ['noreply with more', [], { from: ['NoReply+7@x.test'] }, 'robot'],
    ['donotreply', [], { from: ['do.not.reply@x.test'] }, 'robot'],
    ['a name that only begins so', [], { from: ['norbert@x.test'] }, null],
    ['the mailer daemon', [], { from: ['MAILER-DAEMON@x.test'] }, 'robot'],
    ['a list’s request address', [], { from: ['dogs-request@x.test'] }, 'robot'],
    ['a list’s owner', [], { from: ['owner-dogs@x.test'] }, 'robot'],
    ['robots behind people', [], { from: ['bob@x.test', 'noreply@x.test'] }, 'robot'],
    ['nobody', [], { from: [] }, 'robot'],
    ['oneself', [], { from: ['ANA@work.test'] }, 'own'],
    ['who wrote to others', [], { addressed: ['team@work.test'] }, 'not-addressed'],
    ['a first import', [`X-Valija-Loop: ${MARK}`], {}, 'not-now'],
  ];
  for (const [name, fields, change, wanted] of cases) {
    test(name, () => assert.equal(refuseAnswer(makeCase(fields), { ...people, ...change }), wanted));
  }
});

describe('the envelope, as the header tells it', () => {
  const cases: [string, [string, string][], { from: string | null; to: string }][] = [
    ['nothing is told', [], { from: null, to: 'ana@work.test' }],
    ['the null sender', [['Return-Path', '<>']], { from: '', to: 'ana@work.test' }],
    ['a sender', [['return-path', ' <Bob@x.test> ']], { from: 'Bob@x.test', to: 'ana@work.test' }],
    [
      'a route',
      [['Return-Path', '<@a.test,@b.test:bob@x.test>']],
      { from: 'bob@x.test', to: 'ana@work.test' },
    ],
    ['no address', [['Return-Path', 'somebody']], { from: null, to: 'ana@work.test' }],
    [
      'the first counts',
      [
        ['Return-Path', '<a@x.test>'],
        ['Return-Path', '<b@x.test>'],
      ],
      { from: 'a@x.test', to: 'ana@work.test' },
    ],
    [
      'who it came in for',
      [
        ['X-Original-To', 'b@w.test'],
        ['Delivered-To', 'c@w.test'],
      ],
      { from: null, to: 'c@w.test' },
    ],
    [
      'a field that says nothing',
      [
        ['Delivered-To', '7'],
        ['X-Original-To', 'b@w.test'],
      ],
      { from: null, to: 'b@w.test' },
    ],
  ];
  for (const [name, fields, wanted] of cases) {
    test(name, () => assert.deepEqual(readEnvelope(fields, ACCOUNT), wanted));
  }
});
