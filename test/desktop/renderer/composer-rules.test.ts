import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PRECEDENT_LIMIT, type Precedents } from '../../../common/shapes/draft.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import { choosePasted } from '../../../desktop/renderer/composer/editor/choose-pasted.ts';
import { movePlace } from '../../../desktop/renderer/composer/editor/move-place.ts';
import { PRECEDENTS_ASKED } from '../../../desktop/renderer/composer/limits.ts';
import { listDoubts } from '../../../desktop/renderer/composer/send/list-doubts.ts';
import { mentionsAttachment } from '../../../desktop/renderer/composer/send/mentions-attachment.ts';
import { judgeSender } from '../../../desktop/renderer/composer/sender/judge-sender.ts';
import {
  EMPTY_DRAFT,
  isSameText,
  listPictures,
} from '../../../desktop/renderer/composer/session/draft-state.ts';

describe('a forgotten attachment', () => {
  const said = [
    'The report is attached.',
    'Please find attached our offer',
    'I attach the minutes',
    'See the attachment for details',
    'Attachments: two',
    'The plan is enclosed',
    'Adjunto el informe',
    'Te adjunto las fotos',
    'Le adjuntamos la factura',
    'En el archivo adjunto va todo',
    'Adjuntamos presupuesto',
    'He adjuntado el acta',
    'os lo envío adjunto',
    'Anexo la hoja firmada',
    'Hi\n\n-- \nAna\n\nOn Monday, Bea wrote:\n> Where is it?\n\nIt is attached.',
  ];
  for (const text of said)
    it(`is suspected: ${text}`, () => assert.ok(mentionsAttachment({ subject: '', text })));
  const unsaid = [
    'See you tomorrow',
    'Thank you for your attachment',
    'There was no attachment',
    'It came without an attachment',
    'Could you attach it?',
    'Please attach the invoice',
    'I could not open the attachment',
    'The cultural attaché called',
    'A detachment of soldiers',
    'I am attached to it',
    'Gracias por tu adjunto',
    'Venía sin adjuntos',
    'La profesora adjunta no estaba',
    'No he podido abrir el adjunto',
    'El director adjunto firma mañana',
    '> The report is attached.\nThanks!',
    'Thanks!\n-- \nMy attached words',
    'FYI\n\n---------- Forwarded message ----------\nFrom: Bea\n\nAttached is the plan',
    'FYI\n\n---------- Mensaje reenviado ----------\nDe: Bea\n\nAdjunto el plan',
  ];
  for (const text of unsaid)
    it(`is not suspected: ${text}`, () => assert.ok(!mentionsAttachment({ subject: '', text })));
  it('is looked for in a subject of one’s own only', () => {
    assert.ok(mentionsAttachment({ subject: 'Informe adjunto', text: '' }));
    assert.ok(!mentionsAttachment({ subject: 'Re: Report attached', text: 'Thanks' }));
    assert.ok(!mentionsAttachment({ subject: 'RV: Informe adjunto', text: 'Gracias' }));
  });
  it('is found in a long text in no time', () => {
    const text = 'adjunt attach '.repeat(20_000);
    const before = process.hrtime.bigint();
    mentionsAttachment({ subject: '', text });
    assert.ok(Number(process.hrtime.bigint() - before) < 2e9);
  });
});

describe('what is asked before sending', () => {
  const content = { ...EMPTY_DRAFT, subject: 'Plan', text: 'It is attached', html: null };
  for (const [what, change, given, expected] of [
    ['nothing', { text: 'Hi' }, {}, []],
    ['a file that is missing', {}, {}, ['attachment']],
    ['nothing with the file', {}, { files: true }, []],
    ['everything, the sender first', {}, { wrongSender: true }, ['sender', 'attachment']],
    ['an empty mail', { subject: '', text: ' \n-- \nAna' }, {}, ['empty']],
    ['nothing of a picture', { subject: '', text: '', html: '<img src="cid:x">' }, {}, []],
    ['nothing of files without words', { subject: '', text: '' }, { files: true }, []],
  ] as const) {
    it(`is ${what}`, () => {
      const facts = { files: false, wrongSender: false, ...given };
      assert.deepEqual(listDoubts({ ...content, ...change }, facts), expected);
    });
  }
});

describe('a From that may be the wrong one', () => {
  const make = (id: string, account: string, address: string): Identity => ({
    id,
    account,
    name: null,
    address,
    replyTo: null,
    signature: null,
  });
  const work = make('w', 'acc-work', 'ana@work.test');
  const home = make('h', 'acc-home', 'Ana@Home.test');
  const alias = make('a', 'acc-home', 'sales@home.test');
  const all = [work, home, alias];
  const written = (to: string, from: string, count = 1) => ({ to, from, count });
  const none: Precedents = { answered: null, written: [] };
  const came: Precedents = {
    answered: { accounts: ['acc-home'], addressed: ['ana@home.test'] },
    written: [],
  };
  const rows: [string, Identity | undefined, Precedents, [string, string] | null][] = [
    ['nothing is known', work, none, null],
    ['the answered mail came elsewhere', work, came, ['answered', 'h']],
    ['the answered mail came there', home, came, null],
    ['another address of the same account', alias, came, null],
    [
      'it was addressed, though another account got it',
      work,
      { answered: { accounts: ['acc-home'], addressed: ['ana@work.test'] }, written: [] },
      null,
    ],
    [
      'the account of the answered mail is gone',
      work,
      { answered: { accounts: ['x'], addressed: [] }, written: [] },
      null,
    ],
    [
      'the answered mail decides, not the habit',
      home,
      { ...came, written: [written('b@x.test', 'ana@work.test', 9)] },
      null,
    ],
    [
      'they know another one',
      work,
      { ...none, written: [written('b@x.test', 'ana@home.test')] },
      ['written', 'h'],
    ],
    [
      'they know the other one best',
      work,
      {
        ...none,
        written: [written('b@x.test', 'sales@home.test', 1), written('b@x.test', 'ana@home.test', 5)],
      },
      ['written', 'h'],
    ],
    [
      'one of them knows this one',
      work,
      { ...none, written: [written('b@x.test', 'ana@home.test', 9), written('c@x.test', 'ana@work.test')] },
      null,
    ],
    [
      'they know one that is gone',
      work,
      { ...none, written: [written('b@x.test', 'old@gone.test', 9)] },
      null,
    ],
    ['there is no identity', undefined, came, null],
  ];
  for (const [what, identity, precedents, expected] of rows) {
    it(what, () => {
      const doubt = judgeSender(identity, all, precedents);
      assert.deepEqual(doubt === null ? null : [doubt.kind, doubt.better.id], expected);
    });
  }
  it('is asked about as many people as the server answers for', () =>
    assert.equal(PRECEDENTS_ASKED, PRECEDENT_LIMIT));
});

describe('what is pasted', () => {
  for (const [what, files, html, expected] of [
    ['text', 0, '<p>x</p>', 'text'],
    ['a file', 1, '', 'files'],
    ['a picture of a page', 1, '<meta charset="utf-8"><img src="https://x/y.png" alt="A dog">', 'files'],
    [
      'cells, which come as a picture too',
      1,
      '<style>td{}</style><table><tr><td>4</td></tr></table>',
      'text',
    ],
    ['a picture among words', 1, '<p>See <img src="x"></p>', 'text'],
    [
      'a picture of an office program',
      1,
      '<!--StartFragment--><img src="file:///x">&nbsp;<!--EndFragment-->',
      'files',
    ],
  ] as const)
    it(`${what} is taken as ${expected}`, () => assert.equal(choosePasted({ files, html }), expected));
});

describe('a cursor in a text that changes', () => {
  for (const [before, after, at, expected] of [
    ['Hi\n-- \nAna', 'Hi\n-- \nBea', 1, 1],
    ['Hi\n-- \nAna\n> q', 'Hi\n-- \nAna López\n> q', 13, 19],
    ['Hi\n-- \nAna\n> q', 'Hi\n> q', 9, 3],
    ['abc', 'abc', 2, 2],
    ['', 'x', 0, 0],
    ['abc', '', 3, 0],
  ] as const)
    it(`${JSON.stringify(before)} → ${JSON.stringify(after)}: ${at} → ${expected}`, () =>
      assert.equal(movePlace(before, after, at), expected));
});

describe('a draft’s text', () => {
  it('names its pictures', () => {
    const html = '<img src="cid:att_1"><img alt="" src="cid:att_2"><img src="data:x"><a href="cid:att_3">';
    assert.deepEqual([...listPictures(html)], ['att_1', 'att_2']);
    assert.equal(listPictures(null).size, 0);
  });
  it('is the same whatever the mail answers', () => {
    assert.ok(isSameText(EMPTY_DRAFT, { ...EMPTY_DRAFT, inReplyTo: 'm1' }));
    assert.ok(!isSameText(EMPTY_DRAFT, { ...EMPTY_DRAFT, subject: 'x' }));
  });
});
