import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import PostalMime from 'postal-mime';
import { type OutgoingMail, buildMessage } from '../../../storage-server/sending/message/build-message.ts';
import { stripBcc } from '../../../storage-server/sending/message/strip-bcc.ts';

const base: OutgoingMail = {
  messageId: '<abc@x.test>',
  date: new Date('2026-11-21T10:00:00Z'),
  from: { name: 'Ana Ñandú', address: 'ana@x.test' },
  replyTo: null,
  to: [{ name: null, address: 'bob@y.test' }],
  cc: [],
  bcc: [],
  subject: 'Hola 😀',
  text: 'Buenas',
  html: null,
  inReplyTo: null,
  references: [],
  attachments: [],
};

async function build(change: Partial<OutgoingMail>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of buildMessage({ ...base, ...change }) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

const file = (text: string) =>
  async function* () {
    yield Buffer.from(text);
  };

suite('a built message', () => {
  test('carries who, when and what it answers', async () => {
    const raw = await build({
      replyTo: 'desk@x.test',
      cc: [{ name: 'Ed', address: 'ed@y.test' }],
      inReplyTo: '<q@y.test>',
      references: ['<p@y.test>', '<q@y.test>'],
    });
    const mail = await PostalMime.parse(raw);
    assert.deepEqual(mail.from, { address: 'ana@x.test', name: 'Ana Ñandú' });
    assert.deepEqual(
      [mail.subject, mail.messageId, mail.date],
      ['Hola 😀', '<abc@x.test>', '2026-11-21T10:00:00.000Z'],
    );
    assert.deepEqual([mail.inReplyTo, mail.references], ['<q@y.test>', '<p@y.test> <q@y.test>']);
    assert.equal(mail.replyTo?.[0]?.address, 'desk@x.test');
    assert.equal(mail.text?.trim(), 'Buenas');
    assert.doesNotMatch(raw, /[^\r]\n/, 'every line ends with CRLF');
  });
  test('ends no line with CR alone, whatever was typed or piped in', async () => {
    for (const [text, html] of [
      ['one\rtwo\r\nthree\n', null],
      ['uno\rdós ñandú', '<p>uno\rdós</p>'],
    ] as const) {
      const raw = await build({ text, html });
      assert.doesNotMatch(raw, /\r(?!\n)|[^\r]\n/);
    }
  });
  test('has a text alternative made from HTML that came alone', async () => {
    const mail = await PostalMime.parse(await build({ text: '', html: '<p>Hi <b>Bob</b></p>' }));
    assert.equal(mail.text?.trim(), 'Hi Bob');
    assert.match(mail.html ?? '', /<b>Bob<\/b>/);
  });
  test('shows an inline image by a Content-ID of the sender’s domain and attaches the rest', async () => {
    const raw = await build({
      html: '<img src="cid:att_1">',
      attachments: [
        { id: 'att_1', name: 'logo.png', type: 'image/png', open: file('PNG') },
        { id: 'att_10', name: 'ñ "x".pdf', type: 'application/pdf', open: file('PDF') },
      ],
    });
    const mail = await PostalMime.parse(raw);
    assert.match(mail.html ?? '', /src="cid:att_1@x\.test"/);
    assert.deepEqual(
      mail.attachments.map((one) => [
        one.filename,
        one.mimeType,
        one.disposition,
        one.contentId,
        one.related,
      ]),
      [
        ['logo.png', 'image/png', 'inline', '<att_1@x.test>', true],
        ['ñ "x".pdf', 'application/pdf', 'attachment', undefined, false],
      ].map(([a, b, c, d, e]) => [a, b, c, d, e || undefined]),
    );
  });
  test('turns pasted pictures into inline images', async () => {
    const data = Buffer.from('GIF89a').toString('base64');
    const mail = await PostalMime.parse(
      await build({ html: `<p><img src="data:image/gif;base64,${data}"></p>` }),
    );
    assert.match(mail.html ?? '', /src="cid:pasted1\.abc@x\.test"/);
    assert.deepEqual(
      mail.attachments.map((one) => [one.filename, Buffer.from(one.content as ArrayBuffer).toString()]),
      [['pasted1.gif', 'GIF89a']],
    );
  });
  test('lets nothing from names, addresses and subject become a header line', async () => {
    const evil = 'x\r\nBcc: spy@z.test\r\n\r\nbody';
    const raw = await build({
      from: { name: evil, address: 'ana@x.test' },
      to: [{ name: evil, address: `b@y.test${evil}` }],
      subject: evil,
      attachments: [{ id: 'a', name: evil, type: 'text/plain', open: file('x') }],
    });
    const mail = await PostalMime.parse(raw);
    assert.equal(mail.bcc, undefined);
    assert.deepEqual(
      mail.headers.filter((one) => one.key === 'bcc'),
      [],
    );
  });
  test('an empty mail is still a mail', async () => {
    const mail = await PostalMime.parse(await build({ text: '', subject: '' }));
    assert.equal(mail.text?.trim(), '');
  });
  test('fails when an attachment cannot be read to its end', async () => {
    const open = async function* () {
      yield Buffer.from('half');
      throw new Error('blob damaged');
    };
    await assert.rejects(
      build({ attachments: [{ id: 'a', name: 'a', type: 'text/plain', open }] }),
      /blob damaged/,
    );
  });
});

suite('Bcc', () => {
  const strip = async (text: string, size: number): Promise<string> => {
    const chunks = async function* () {
      for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size), 'latin1');
    };
    const out: Buffer[] = [];
    for await (const chunk of stripBcc(chunks())) out.push(chunk);
    return Buffer.concat(out).toString('latin1');
  };
  test('stands in our copy', async () => {
    assert.match(await build({ bcc: [{ name: null, address: 'spy@z.test' }] }), /^Bcc: spy@z\.test\r$/m);
  });
  const table: [string, string, string][] = [
    [
      'is not submitted',
      'A: 1\r\nBcc: a@x\r\nB: 2\r\n\r\nBcc: body\r\n',
      'A: 1\r\nB: 2\r\n\r\nBcc: body\r\n',
    ],
    [
      'is not submitted when folded',
      'A: 1\r\nbCC : a@x,\r\n b@x\r\n\tc@x\r\nB: 2\r\n f\r\n\r\n',
      'A: 1\r\nB: 2\r\n f\r\n\r\n',
    ],
    ['is not submitted when last', 'A: 1\r\nBcc: a@x\r\n\r\nx', 'A: 1\r\n\r\nx'],
    ['is not submitted without a body', 'A: 1\r\nBcc: a@x\r\n', 'A: 1\r\n'],
    ['leaves what only begins like it', 'Bcc-Not: 1\r\nX-Bcc: 2\r\n\r\n', 'Bcc-Not: 1\r\nX-Bcc: 2\r\n\r\n'],
    ['leaves 8-bit bytes as they are', 'A: \xff\xfe\r\nBcc: a\r\n\r\n\xff\0', 'A: \xff\xfe\r\n\r\n\xff\0'],
  ];
  for (const [name, before, after] of table) {
    for (const size of [1, 7, 1000]) {
      test(`${name} (pieces of ${size})`, async () => assert.equal(await strip(before, size), after));
    }
  }
});
