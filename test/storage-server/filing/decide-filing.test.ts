import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SieveAction } from '../../../common/sieve/action.ts';
import { encodeLabel } from '../../../common/sieve/label-flag.ts';
import { decideFiling } from '../../../storage-server/filing/decide-filing.ts';
import { describeCase } from '../../../storage-server/filing/describe-mail.ts';
import type { FilingDecision } from '../../../storage-server/filing/filing.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const ROLES = ['inbox', 'trash', 'junk'] as const;
const mailboxes = [
  ...ROLES.map((role) => ({ id: `mbx_${role}`, name: role, role, parent: null, path: role })),
  { id: 'mbx_drop', name: 'Junk', role: null, parent: null, path: 'Junk' },
  { id: 'mbx_work', name: 'Work', role: null, parent: null, path: 'Work' },
  { id: 'mbx_bank', name: 'Bank', role: null, parent: 'mbx_work', path: 'Work/Bank' },
];
const identity = {
  id: 'idn_1',
  account: 'acc_1',
  name: 'Ana',
  address: 'ana@work.test',
  replyTo: null,
  signature: null,
};
const receiver = {
  account: { id: 'acc_1', email: 'ana@work.test' },
  identities: [identity],
  emails: ['ana@work.test', 'ana@home.test'],
  sender: identity,
};
const HEADER = [
  'Return-Path: <bob@x.test>',
  `Received: from x by y; ${new Date(NOW).toUTCString()}`,
  'From: Bob <bob@x.test>',
  'To: ana@work.test',
  'Subject: =?utf-8?q?Informaci=C3=B3n?=',
  'Message-ID: <1@x.test>',
  'References: <0@x.test>',
];
const way = { received: NOW, importing: false, loopMark: 'mark', account: { email: 'ana@work.test' } };

function decide(actions: SieveAction[], change: { importing?: boolean; demand?: true } = {}): FilingDecision {
  const header = Buffer.from([...HEADER, '', ''].join('\r\n'));
  const describe = change.demand
    ? null
    : () => describeCase(header, { ...way, importing: change.importing ?? false });
  return decideFiling(actions, { mailboxes, receiver, describe });
}

const keep = (flags: string[] = []): SieveAction => ({ kind: 'keep', flags, implicit: flags.length === 0 });
const file = (mailbox: string, flags: string[] = []): SieveAction => ({
  kind: 'fileinto',
  mailbox,
  flags,
  create: false,
});
const redirect = (address: string): SieveAction => ({ kind: 'redirect', address });
const discard: SieveAction = { kind: 'discard' };
const vacation: SieveAction = {
  kind: 'vacation',
  seconds: 604_800,
  subject: null,
  from: null,
  addresses: [],
  mime: false,
  handle: 'h',
  text: 'Away',
};
const to = (recipient: string) => ({ recipient, from: 'ana@work.test' });

describe('what is decided of what rules ask for', () => {
  const cases: [string, FilingDecision, Partial<FilingDecision>][] = [
    ['kept', decide([keep()]), { mailbox: null, flags: [], labels: [] }],
    ['nothing asked', decide([]), { mailbox: null }],
    ['filed', decide([file('Work/Bank')]), { mailbox: 'mbx_bank', problems: [] }],
    ['filed by role', decide([file('TRASH')]), { mailbox: 'mbx_trash', problems: [] }],
    ['a path before a role', decide([file('Junk')]), { mailbox: 'mbx_drop' }],
    ['filed by id', decide([file('mbx_work')]), { mailbox: 'mbx_work' }],
    ['filed and kept: in the mailbox', decide([keep(), file('Work')]), { mailbox: 'mbx_work' }],
    [
      'filed twice: in the first, labelled with the second',
      decide([file('Work'), file('Work/Bank')]),
      { mailbox: 'mbx_work', labels: ['Work/Bank'] },
    ],
    [
      'a mailbox that is gone: in the Inbox, and told',
      decide([file('Gone')]),
      {
        mailbox: 'mbx_inbox',
        problems: [{ rule: null, reason: 'rule-mailbox-gone', detail: 'Gone' }],
      },
    ],
    [
      'filed, then into a mailbox that is gone: where it was filed, and told',
      decide([file('Work'), file('Gone')]),
      {
        mailbox: 'mbx_work',
        labels: [],
        problems: [{ rule: null, reason: 'rule-mailbox-gone', detail: 'Gone' }],
      },
    ],
    ['discarded: in Trash', decide([discard]), { mailbox: 'mbx_trash' }],
    ['discarded and filed', decide([discard, file('Work')]), { mailbox: 'mbx_work' }],
    ['discarded and kept', decide([discard, keep()]), { mailbox: null }],
    [
      'flags and labels',
      decide([keep(['\\Seen', '\\FLAGGED', '$Forwarded', '\\Deleted', 'urgent', encodeLabel('José y más')])]),
      { flags: ['seen', 'flagged', 'forwarded'], labels: ['urgent', 'José y más'] },
    ],
    [
      'a label that JavaScript has a word for',
      decide([keep(['Constructor', '__proto__'])]),
      { flags: [], labels: ['Constructor', '__proto__'] },
    ],
    ['a label twice', decide([file('Work', ['Ab', 'ab'])]), { labels: ['Ab'] }],
    [
      'forwarded and kept',
      decide([redirect('c@y.test'), keep()]),
      { mailbox: null, forwards: [to('c@y.test')] },
    ],
    [
      'forwarded only: in Trash',
      decide([redirect('c@y.test'), redirect('C@y.test')]),
      { mailbox: 'mbx_trash', forwards: [to('c@y.test')] },
    ],
    [
      'forwarded only, in a first import: stays',
      decide([redirect('c@y.test')], { importing: true }),
      { mailbox: null, forwards: [] },
    ],
    [
      'forwarded only, on demand: stays',
      decide([redirect('c@y.test')], { demand: true }),
      { mailbox: null, forwards: [] },
    ],
    [
      'forwarded to oneself: stays, and told',
      decide([redirect('Ana@Home.test')]),
      {
        mailbox: null,
        forwards: [],
        problems: [{ rule: null, reason: 'rule-forward-own', detail: 'ana@home.test' }],
      },
    ],
    [
      'forwarded to what is no address: stays, and told',
      decide([redirect('Ana@ejemplo..es')]),
      {
        mailbox: null,
        forwards: [],
        problems: [{ rule: null, reason: 'rule-forward-refused', detail: 'ana@ejemplo..es' }],
      },
    ],
    [
      'on demand nobody is told of an address',
      decide([redirect('ana@ejemplo..es')], { demand: true }),
      { mailbox: null, problems: [] },
    ],
    ['an answer to what goes to Junk', decide([vacation, file('junk')]), { answer: null }],
    ['an answer to what is discarded', decide([vacation, discard]), { mailbox: 'mbx_trash', answer: null }],
    [
      'an answer to what is discarded and forwarded',
      decide([vacation, redirect('c@y.test'), discard]),
      { mailbox: 'mbx_trash', answer: null },
    ],
    ['an answer in a first import', decide([vacation, keep()], { importing: true }), { answer: null }],
    ['an answer on demand', decide([vacation, keep()], { demand: true }), { answer: null }],
  ];
  for (const [name, decision, wanted] of cases) {
    test(name, () => {
      const keys = Object.keys(wanted) as (keyof FilingDecision)[];
      assert.deepEqual(Object.fromEntries(keys.map((key) => [key, decision[key]])), wanted);
    });
  }

  test('an answer goes to the envelope sender, from the address that received, into the thread', () => {
    assert.deepEqual(decide([vacation, keep()]).answer, {
      to: 'bob@x.test',
      from: 'ana@work.test',
      fromName: 'Ana',
      subject: 'Auto: Información',
      text: 'Away',
      mime: false,
      handle: 'h',
      seconds: 604_800,
      inReplyTo: '<1@x.test>',
      references: ['<0@x.test>', '<1@x.test>'],
    });
  });

  test('what is only forwarded is answered all the same: somebody reads it', () => {
    const decision = decide([redirect('c@y.test'), vacation]);
    assert.deepEqual([decision.mailbox, decision.answer?.to], ['mbx_trash', 'bob@x.test']);
  });

  test('an answer keeps to addresses of the user’s own', () => {
    const other = { ...identity, id: 'idn_2', account: 'acc_2', address: 'ana@home.test', name: null };
    const header = Buffer.from([...HEADER, '', ''].join('\r\n'));
    const context = {
      mailboxes,
      receiver: { ...receiver, identities: [identity, other] },
      describe: () => describeCase(header, way),
    };
    const from = (address: string) =>
      decideFiling([{ ...vacation, from: address }, keep()], context).answer?.from;
    assert.equal(from('Ana <ana@home.test>'), 'ana@home.test');
    assert.equal(from('boss@work.test'), 'ana@work.test');
  });
});
