import assert from 'node:assert/strict';
import { isAscii } from 'node:buffer';
import { after, before, describe, test } from 'node:test';
import PostalMime from 'postal-mime';
import { encodeQuotedPrintable } from '../../../smtp-relay/seven-bit/encode-bytes.ts';
import { toSevenBit } from '../../../smtp-relay/seven-bit/to-seven-bit.ts';
import { startFakeSmtp, type FakeSmtp } from '../../fakes/smtp-server.ts';
import { startTransport, type TestTransport } from '../../harness/transport.ts';

const lines = (...all: string[]): Buffer => Buffer.from(`${all.join('\r\n')}\r\n`);
const mixed = (...parts: string[][]): Buffer =>
  lines(
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="a b"',
    'Content-Transfer-Encoding: 8bit',
    '',
    'for nobody',
    ...parts.flatMap((part) => ['--a b', ...part]),
    '--a b--',
    'nor this',
  );

const text = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', ''];
const long = 'ñ'.repeat(400);

const cases: [string, Buffer][] = [
  ['text', lines('Subject: x', 'MIME-Version: 1.0', ...text, 'año = 1 \t', 'From me', '.', `x${long}`, '')],
  ['text without MIME', lines('Subject: x', '', 'mañana')],
  ['text without fields', lines('', 'mañana')],
  ['html', lines('MIME-Version: 1.0', 'content-type: text/html;', ' charset="utf-8"', '', '<p>ñ</p>')],
  [
    'latin1',
    Buffer.concat([
      lines('MIME-Version: 1.0', 'Content-Type: text/plain; charset=iso-8859-1', ''),
      Buffer.from([0x61, 0xf1, 0x0d, 0x0a]),
    ]),
  ],
  [
    'parts, some plain',
    mixed(
      [...text, 'uno ñ', ''],
      ['', 'plain'],
      ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: binary', '', `\u0000${long}`],
    ),
  ],
  [
    'parts in parts',
    mixed(
      [
        'Content-Type: multipart/alternative; boundary=in',
        '',
        '--in',
        ...text,
        'ñ',
        '--in',
        'Content-Type: text/html; charset=utf-8',
        '',
        '<b>ñ</b>',
        '--in--',
      ],
      [...text, 'dos ñ'],
    ),
  ],
  [
    'a mail in a mail',
    mixed([
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: 8bit',
      '',
      'Subject: inner',
      'MIME-Version: 1.0',
      ...text,
      'tres ñ',
    ]),
  ],
  [
    'no closing mark',
    lines('Content-Type: multipart/mixed; boundary=x', 'MIME-Version: 1.0', '', '--x', ...text, 'ñ'),
  ],
];

describe('toSevenBit', () => {
  for (const [name, message] of cases) {
    test(`${name}: nothing over 127, and it says the same`, async () => {
      const converted = toSevenBit(message);
      assert.ok(converted !== null);
      assert.ok(isAscii(converted), converted.toString());
      for (const line of converted.toString().split('\r\n')) assert.ok(line.length <= 78, line);
      const parse = async (raw: Buffer) => {
        const {
          text: plain,
          html,
          attachments,
        } = await PostalMime.parse(raw, { attachmentEncoding: 'base64' });
        // The line end before a mark is the mark's (RFC 2046 5.1.1), which this parser sees in encoded parts only.
        const files = attachments.map(({ mimeType, content }) => [
          mimeType,
          name === 'a mail in a mail'
            ? ''
            : Buffer.from(typeof content === 'string' ? content : '', 'base64')
                .toString()
                .trimEnd(),
        ]);
        return { plain, html, files };
      };
      assert.deepEqual(await parse(converted), await parse(message));
      assert.equal(toSevenBit(converted), converted, 'and then there is nothing left to do');
    });
  }

  test('leaves alone what is plain, and what nobody may or can rewrite', () => {
    const plain = lines('Subject: x', '', 'plain');
    assert.equal(toSevenBit(plain), plain);
    const never = [
      lines('Subject: ñ', '', 'x'),
      lines('Content-Type: multipart/signed; boundary=x', '', '--x', ...text, 'ñ', '--x--'),
      mixed(['Content-Type: multipart/signed; boundary=in', '', '--in', ...text, 'ñ', '--in--']),
      lines('Content-Type: multipart/mixed', '', 'ñ'),
      lines('Content-Type: multipart/mixed; boundary=x', '', 'no part, ñ'),
      lines('Content-Type: text/plain', 'Content-Transfer-Encoding: base64', '', 'ñ'),
      lines('Content-Type: message/partial; id=1', '', 'ñ'),
    ];
    for (const message of never) assert.equal(toSevenBit(message), null, message.toString());
  });

  test('quoted-printable cuts no escape and hides what hosts change', () => {
    const code = (bytes: string): string => encodeQuotedPrintable(Buffer.from(bytes, 'latin1')).toString();
    assert.equal(code('a=\u00f1 \r\nFrom x\r\n.\r\nend\t'), 'a=3D=F1=20\r\n=46rom x\r\n=2E\r\nend=09');
    for (const line of code('\u00f1x'.repeat(200)).split('\r\n')) {
      assert.ok(line.length <= 76);
      assert.match(line, /^(?:=[0-9A-F]{2}|[^=])*=?$/);
    }
  });
});

describe('a host without 8BITMIME', () => {
  let transport: TestTransport;
  let old: FakeSmtp;
  before(async () => {
    old = await startFakeSmtp({ extensions: ['PIPELINING'] });
    transport = await startTransport({ dns: null, stsPort: 443 });
  });
  after(async () => {
    await transport?.stop();
    await old?.close();
  });

  test('gets what it can take, and what cannot be rewritten comes back', async () => {
    const send = async (message: Buffer) => {
      const { state, enhanced, reason } = await transport.send(
        { port: old.port, tls: 'none' },
        { eightBit: true, size: message.length, openBody: () => message },
      );
      return [state, enhanced, reason];
    };
    assert.deepEqual(await send(lines('MIME-Version: 1.0', ...text, 'ñ')), ['accepted', '2.0.0', null]);
    assert.equal(old.mails[0]?.raw.toString().endsWith('\r\n\r\n=C3=B1\r\n'), true);
    const signed = lines('Content-Type: multipart/signed; boundary=x', '', '--x', ...text, 'ñ', '--x--');
    assert.deepEqual(await send(signed), ['permanent', '5.6.3', 'recipient-refused/no-8bitmime']);
    assert.equal(old.mails.length, 1);
  });

  test('and lists of more than a hundred go in several transactions', async () => {
    const to = Array.from({ length: 250 }, (_, index) => `r${index}@x.test`);
    old.mails.length = 0;
    await transport.send({ port: old.port, tls: 'none' }, { to });
    assert.deepEqual(
      old.mails.map((mail) => mail.to.length),
      [100, 100, 50],
    );
    assert.equal(new Set(old.mails.flatMap((mail) => mail.to)).size, 250);
  });
});
