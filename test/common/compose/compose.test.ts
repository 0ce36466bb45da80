import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chooseIdentity, findIdentity } from '../../../common/compose/identity.ts';
import { chooseRecipients } from '../../../common/compose/recipients.ts';
import { makeReferences } from '../../../common/compose/references.ts';
import { makeAnswerSubject } from '../../../common/compose/subject.ts';
import type { Address } from '../../../common/shapes/address.ts';
import type { AnswerKind } from '../../../common/shapes/draft.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import type { Language } from '../../../common/shapes/profile.ts';

const at = (address: string, name: string | null = null): Address => ({ name, address });

suite('subject of an answer', () => {
  const table: [string, AnswerKind, Language, string][] = [
    ['Lunch', 'reply', 'en', 'Re: Lunch'],
    ['Re: Lunch', 'reply', 'es', 'Re: Lunch'],
    ['RE: re : Re[2]: AW: Lunch', 'reply-all', 'en', 'Re: Lunch'],
    ['RV: Fwd: Comida', 'forward', 'es', 'RV: Comida'],
    ['Re: Comida', 'forward', 'es', 'RV: Comida'],
    ['Fw: Fwd (3): Lunch', 'forward', 'en', 'Fwd: Lunch'],
    ['回复：你好', 'reply', 'en', 'Re: 你好'],
    ['Report: Q3', 'reply', 'en', 'Re: Report: Q3'],
    ['Return: no', 'reply', 'en', 'Re: Return: no'],
    ['', 'reply', 'en', 'Re:'],
    ['Re:', 'reply', 'en', 'Re:'],
  ];
  for (const [subject, kind, language, expected] of table) {
    test(`${kind} in ${language} to "${subject}"`, () => {
      assert.equal(makeAnswerSubject(subject, kind, language), expected);
    });
  }
});

suite('references of an answer', () => {
  const table: [string, Parameters<typeof makeReferences>[0], string[]][] = [
    ['a first mail', { messageId: '<a@x>', inReplyTo: null, references: [] }, ['<a@x>']],
    [
      'a later mail',
      { messageId: '<c@x>', inReplyTo: '<b@x>', references: ['<a@x>', '<b@x>'] },
      ['<a@x>', '<b@x>', '<c@x>'],
    ],
    [
      'a mail with only In-Reply-To',
      { messageId: '<b@x>', inReplyTo: '<a@x>', references: [] },
      ['<a@x>', '<b@x>'],
    ],
    ['a mail without Message-ID', { messageId: null, inReplyTo: null, references: ['<a@x>'] }, ['<a@x>']],
    ['ids without brackets', { messageId: 'b@x', inReplyTo: 'a@x', references: [] }, ['<a@x>', '<b@x>']],
    [
      'ids that would break the header',
      { messageId: '<b@x>\r\nBcc: c@x', inReplyTo: null, references: ['<a x>'] },
      [],
    ],
    [
      'a reference named twice',
      { messageId: '<a@x>', inReplyTo: null, references: ['<a@x>', '<b@x>'] },
      ['<b@x>', '<a@x>'],
    ],
  ];
  for (const [name, mail, expected] of table) {
    test(name, () => assert.deepEqual(makeReferences(mail), expected));
  }
  test('a thread of 200 keeps its root and its newest', () => {
    const references = Array.from({ length: 200 }, (_, n) => `<${n}@x>`);
    const made = makeReferences({ messageId: '<new@x>', inReplyTo: null, references });
    assert.equal(made.length, 30);
    assert.deepEqual([made[0], made[1], made.at(-1)], ['<0@x>', '<172@x>', '<new@x>']);
  });
});

suite('recipients of an answer', () => {
  const mail = {
    from: [at('ana@x.test', 'Ana')],
    replyTo: [],
    to: [at('Me@x.test'), at('bob@x.test'), at('BOB@x.test')],
    cc: [at('ana@x.test'), at('eva@x.test'), at('me2@x.test')],
  };
  const own = ['me@x.test', 'ME2@x.test'];
  const table: [string, typeof mail, AnswerKind, string[], string[]][] = [
    ['reply goes to the author', mail, 'reply', ['ana@x.test'], []],
    [
      'reply-all leaves own addresses and doubles out',
      mail,
      'reply-all',
      ['ana@x.test'],
      ['bob@x.test', 'eva@x.test'],
    ],
    [
      'Reply-To wins over From',
      { ...mail, replyTo: [at('list@x.test')] as never },
      'reply',
      ['list@x.test'],
      [],
    ],
    [
      'a mail of mine is answered to its recipients',
      { ...mail, from: [at('ME@x.test')] },
      'reply',
      ['bob@x.test'],
      [],
    ],
    [
      'reply-all to a mail of mine',
      { ...mail, from: [at('me@x.test')] },
      'reply-all',
      ['bob@x.test'],
      ['ana@x.test', 'eva@x.test'],
    ],
    [
      'a mail of mine to me',
      { from: [at('me@x.test')], replyTo: [], to: [at('me@x.test')], cc: [] },
      'reply-all',
      ['me@x.test'],
      [],
    ],
    ['a mail without author', { from: [], replyTo: [], to: [], cc: [] }, 'reply-all', [], []],
    ['forward is addressed to nobody', mail, 'forward', [], []],
  ];
  for (const [name, one, kind, to, cc] of table) {
    test(name, () => {
      const chosen = chooseRecipients(one, own, kind);
      assert.deepEqual(
        [chosen.to, chosen.cc].map((list) => list.map((a) => a.address)),
        [to, cc],
      );
    });
  }
});

suite('identity of an answer', () => {
  const identity = (id: string, account: string, address: string): Identity => ({
    id,
    account,
    address,
    name: null,
    replyTo: null,
    signature: null,
  });
  const all = [
    identity('i1', 'a1', 'work@x.test'),
    identity('i2', 'a2', 'home@x.test'),
    identity('i3', 'a2', 'club@x.test'),
  ];
  const table: [string, Parameters<typeof chooseIdentity>[1], string | undefined][] = [
    ['the account that received it', { accounts: ['a2'], from: [], to: [], cc: [] }, 'i2'],
    ['the address it was sent to', { accounts: ['a2'], from: [], to: [at('Club@x.test')], cc: [] }, 'i3'],
    [
      'the account wins over an address elsewhere',
      { accounts: ['a2'], from: [], to: [at('work@x.test')], cc: [] },
      'i2',
    ],
    ['a mail that I sent', { accounts: [], from: [at('club@x.test')], to: [], cc: [] }, 'i3'],
    ['nothing fits', { accounts: [], from: [], to: [], cc: [] }, 'i1'],
  ];
  for (const [name, mail, expected] of table) {
    test(name, () => assert.equal(chooseIdentity(all, mail)?.id, expected));
  }
  test('no identity at all', () => {
    assert.equal(chooseIdentity([], { accounts: [], from: [], to: [], cc: [] }), undefined);
  });
  test('addresses are found without regard to case, foreign ones not', () => {
    assert.equal(findIdentity(all, ' WORK@x.test')?.id, 'i1');
    assert.equal(findIdentity(all, 'boss@x.test'), undefined);
  });
});
