import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readExtensions } from '../../../smtp-relay/transport/greet.ts';
import { encodeXtext } from '../../../smtp-relay/dsn/xtext.ts';
import {
  formatMail,
  formatRecipient,
  isSpeakable,
  readSizeLimit,
} from '../../../smtp-relay/transport/mail-commands.ts';
import { chooseMechanism } from '../../../smtp-relay/transport/sign-in.ts';
import { DotStuffer } from '../../../smtp-relay/transport/wire/dot-stuffer.ts';
import { ReplyReader } from '../../../smtp-relay/transport/wire/reply-reader.ts';

describe('replies', () => {
  test('are the same whatever the segments', () => {
    const text = '220 hi\r\n250-a\r\n250-SIZE 10\r\n250 ok\r\n250\r\n354 go\n';
    for (const size of [1, 2, 3, 7, text.length]) {
      const reader = new ReplyReader();
      const found = [];
      for (let at = 0; at < text.length; at += size) {
        found.push(...reader.push(Buffer.from(text.slice(at, at + size))));
      }
      assert.deepEqual(
        found.map(({ code, lines }) => [code, lines.length]),
        [
          [220, 1],
          [250, 3],
          [250, 1],
          [354, 1],
        ],
      );
      assert.equal(reader.isInside, false);
    }
  });

  test('that are none are refused', () => {
    const wrong = [
      'hello\r\n',
      '25 ok\r\n',
      '2500 ok\r\n',
      '150 early\r\n',
      '600 no\r\n',
      '250-a\r\n550 b\r\n',
      '250_ok\r\n',
      ' 250 ok\r\n',
    ];
    for (const text of wrong)
      assert.throws(() => new ReplyReader().push(Buffer.from(text)), { kind: 'protocol' }, text);
    const endless = new ReplyReader();
    assert.throws(
      () => {
        for (let line = 0; line < 3000; line++) endless.push(Buffer.from(`250-${'x'.repeat(60)}\r\n`));
      },
      { kind: 'protocol' },
    );
    assert.throws(() => new ReplyReader().push(Buffer.alloc(70_000, 'x')), { kind: 'protocol' });
  });
});

test('dots at the beginning of lines are doubled, whatever the chunks', () => {
  const cases: [string, string][] = [
    ['a\r\nb\r\n', 'a\r\nb\r\n.\r\n'],
    ['.\r\n', '..\r\n.\r\n'],
    ['.a\r\n..\r\n.\r\n', '..a\r\n...\r\n..\r\n.\r\n'],
    ['a.\r\n b.c\r\n', 'a.\r\n b.c\r\n.\r\n'],
    ['no end', 'no end\r\n.\r\n'],
    ['a\r\n\r\n', 'a\r\n\r\n.\r\n'],
    // A host that takes a bare LF for an end of line must not see the end of the mail here.
    ['a\n.\nMAIL FROM:<x>\r\n', 'a\n..\nMAIL FROM:<x>\r\n.\r\n'],
    ['a\r', 'a\r\r\n.\r\n'],
  ];
  for (const [plain, expected] of cases) {
    for (const size of [1, 2, 3, plain.length]) {
      const stuffer = new DotStuffer();
      const pieces: Buffer[] = [];
      for (let at = 0; at < plain.length; at += size) {
        pieces.push(...stuffer.push(Buffer.from(plain.slice(at, at + size))));
      }
      assert.equal(Buffer.concat(pieces).toString() + stuffer.end(), expected, `by ${size}`);
    }
  }
});

test('MAIL and RCPT say what the host knows, and nothing else', () => {
  const known = readExtensions({
    code: 250,
    lines: [
      '250-host',
      '250-SIZE 1000',
      '250-8bitmime',
      '250-SMTPUTF8',
      '250-DSN',
      '250-AUTH PLAIN',
      '250-AUTH=LOGIN',
      '250 PIPELINING',
    ],
  });
  const envelope = {
    from: 'a@x.test',
    to: ['b@x.test'],
    size: 10,
    eightBit: true,
    utf8: true,
    dsn: {
      ret: 'HDRS' as const,
      envid: 'key=1+2 ñ',
      recipients: new Map([['b@x.test', { notify: 'FAILURE,DELAY', original: 'rfc822;b@x.test' }]]),
    },
  };
  assert.equal(
    formatMail(envelope, known),
    'MAIL FROM:<a@x.test> SIZE=10 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=key+3D1+2B2+20+C3+B1',
  );
  assert.equal(
    formatRecipient('b@x.test', envelope, known),
    'RCPT TO:<b@x.test> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b@x.test',
  );
  const unasked = { notify: null, original: null };
  const recipients = new Map(['b+c@x.test', 'ñ@x.test'].map((to) => [to, unasked]));
  const plain = { ...envelope, dsn: { ...envelope.dsn, recipients } };
  assert.equal(formatRecipient('b+c@x.test', plain, known), 'RCPT TO:<b+c@x.test> ORCPT=rfc822;b+2Bc@x.test');
  assert.equal(formatRecipient('ñ@x.test', plain, known), 'RCPT TO:<ñ@x.test>');
  const submitted = {
    ...envelope,
    dsn: {
      ...envelope.dsn,
      recipients: new Map([['b@x.test', { notify: null, original: 'rfc822;b+2Bc@x.test' }]]),
    },
  };
  assert.equal(formatRecipient('b@x.test', submitted, known), 'RCPT TO:<b@x.test> ORCPT=rfc822;b+2Bc@x.test');
  assert.equal(formatMail(envelope, new Map()), 'MAIL FROM:<a@x.test>');
  assert.equal(formatRecipient('b@x.test', envelope, new Map()), 'RCPT TO:<b@x.test>');
  assert.equal(known.get('AUTH'), 'PLAIN LOGIN');
  assert.equal(readSizeLimit(known), 1000);
  assert.equal(readSizeLimit(new Map([['SIZE', '0']])), Infinity);
  assert.equal(encodeXtext('plain-1'), 'plain-1');
});

test('no address ends its command early', () => {
  const cases: [string, boolean][] = [
    ['', true],
    ['a@x.test', true],
    ['"a b"@x.test', true],
    ['josé@x.test', true],
    ['a@x.test>\r\nRCPT TO:<c@x.test', false],
    ['a@x.test\nDATA', false],
    ['a b@x.test', false],
    ['<a@x.test>', false],
    ['"a\r\nb"@x.test', false],
    ['a\u0000@x.test', false],
  ];
  for (const [address, speakable] of cases) assert.equal(isSpeakable(address), speakable, address);
});

test('one mechanism signs in, and a token is never a password', () => {
  // Over TLS, and in the clear.
  const cases: [Parameters<typeof chooseMechanism>[0], string, string, string][] = [
    ['auto', 'LOGIN PLAIN CRAM-MD5', 'PLAIN', 'CRAM-MD5'],
    ['auto', 'CRAM-MD5 LOGIN', 'LOGIN', 'CRAM-MD5'],
    ['auto', 'CRAM-MD5', 'CRAM-MD5', 'CRAM-MD5'],
    ['auto', 'LOGIN PLAIN', 'PLAIN', 'PLAIN'],
    ['auto', '', 'PLAIN', 'PLAIN'],
    ['plain', 'CRAM-MD5', 'PLAIN', 'PLAIN'],
    ['login', 'PLAIN', 'LOGIN', 'LOGIN'],
    ['xoauth2', 'PLAIN', 'XOAUTH2', 'XOAUTH2'],
    ['oauthbearer', 'PLAIN XOAUTH2', 'OAUTHBEARER', 'OAUTHBEARER'],
  ];
  for (const [auth, offered, encrypted, clear] of cases) {
    const names = offered.split(' ');
    const chosen = [chooseMechanism(auth, names, true), chooseMechanism(auth, names, false)];
    assert.deepEqual(chosen, [encrypted, clear], `${auth} of ${offered}`);
  }
});
