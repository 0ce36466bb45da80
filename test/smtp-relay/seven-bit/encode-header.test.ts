import assert from 'node:assert/strict';
import { isAscii } from 'node:buffer';
import { after, before, describe, test } from 'node:test';
import PostalMime from 'postal-mime';
import { encodeHeader, hasUtf8Header } from '../../../smtp-relay/seven-bit/encode-header.ts';
import { startFakeSmtp } from '../../fakes/smtp-server.ts';
import { startTransport, type TestTransport } from '../../harness/transport.ts';

const block = (...lines: string[]): Buffer => Buffer.from(`${[...lines, ''].join('\r\n')}\r\n`);
const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

describe('a header in UTF-8', () => {
  // What stands in it, and what becomes of it; null: it cannot be said otherwise.
  const cases: [string, string | null][] = [
    ['Subject: mañana', `Subject: ${word('mañana')}`],
    ['Subject: Fwd: Grüße  aus Köln', `Subject: Fwd: ${word('Grüße')}  aus ${word('Köln')}`],
    ['subject: naïve café today', `subject: ${word('naïve café')} today`],
    ['X-Note: ñ', `X-Note: ${word('ñ')}`],
    ['Content-Description: ñ', `Content-Description: ${word('ñ')}`],
    ['From: Jörg <j@x.test>', `From: ${word('Jörg')} <j@x.test>`],
    ['From: Jörg  van  Dijk <j@x.test>', `From: ${word('Jörg  van  Dijk')} <j@x.test>`],
    ['To: "Müller, \\"J\\"" <j@x.test>, b@x.test', `To: ${word('Müller, "J"')} <j@x.test>, b@x.test`],
    ['To: "plain, one" <a@x.test>,Ñ <b@x.test>', `To: "plain, one" <a@x.test>, ${word('Ñ')} <b@x.test>`],
    ['Cc: Bücher: a@x.test, Ñ <b@x.test>;', `Cc: ${word('Bücher')}: a@x.test, ${word('Ñ')} <b@x.test>;`],
    ['To: j@x.test (Jörg)', `To: j@x.test (${word('Jörg')})`],
    ['To: Jörg (Büro) <j@x.test>', `To: ${word('Jörg')} (${word('Büro')}) <j@x.test>`],
    ['To: a@bücher.test, B <b@bücher.test>', 'To: a@xn--bcher-kva.test, B <b@xn--bcher-kva.test>'],
    ['To: jörg@x.test', null],
    ['To: J <jörg@x.test>', null],
    ['To: "Jörg <j@x.test>', null],
    ['Message-ID: <ñ@x.test>', null],
    ['Content-Disposition: attachment; filename="año.pdf"', null],
    ['List-Unsubscribe: <https://x.test/ñ>', null],
  ];
  for (const [from, to] of cases) {
    test(`${from} → ${to ?? 'as it is or not at all'}`, () => {
      const others = ['X-Before:   as it \t is', 'X-Folded: a', '\tb'];
      const encoded = encodeHeader(block(...others, from));
      assert.equal(encoded?.toString() ?? null, to === null ? null : block(...others, to).toString());
      assert.equal(hasUtf8Header(block(from)), true);
    });
  }

  test('stays short and whole in its lines, and says the same', async () => {
    const long = 'Ñandú y 日本語 '.repeat(30).trim();
    const head = block(
      `Subject: ${long}`,
      `From: "${long}" <a@x.test>`,
      `To: ${'Ñ <b@x.test>, '.repeat(40)}c@x.test`,
    );
    const encoded = encodeHeader(head);
    assert.ok(encoded !== null && isAscii(encoded));
    for (const line of encoded.toString().split('\r\n')) assert.ok(line.length <= 78, line);
    const [before, afterwards] = [await PostalMime.parse(head), await PostalMime.parse(encoded)];
    assert.equal(afterwards.subject, long);
    assert.deepEqual([afterwards.from, afterwards.to], [before.from, before.to]);
  });

  test('that is none is left alone', () => {
    const plain = block('Subject: x', 'X:   y');
    assert.equal(encodeHeader(plain), plain);
    const latin1 = Buffer.from('Subject: \u00f1\r\n\r\n', 'latin1');
    assert.equal(encodeHeader(latin1), null);
    assert.deepEqual([plain, latin1, Buffer.from('\r\nñ'), block('a: b', '', 'ñ')].map(hasUtf8Header), [
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a mail whose header holds UTF-8', () => {
  let transport: TestTransport;
  before(async () => {
    transport = await startTransport({ dns: null, stsPort: 443 });
  });
  after(async () => await transport?.stop());

  const send = async (extensions: string[], message: Buffer) => {
    const fake = await startFakeSmtp({ extensions });
    const change = { utf8: true, eightBit: !isAscii(message), size: message.length, openBody: () => message };
    const { state, enhanced, reason } = await transport.send({ port: fake.port, tls: 'none' }, change);
    await fake.close();
    const said = fake.commands.find((line) => line.includes('MAIL')) ?? '';
    return { result: [state, enhanced, reason], said, raw: fake.mails[0]?.raw };
  };
  const rewritable = Buffer.from('From: Jörg <j@x.test>\r\nSubject: x\r\n\r\nñ\r\n');
  const fixed = Buffer.from('From: <jörg@x.test>\r\nSubject: x\r\n\r\nx\r\n');

  test('leaves as it is, and says so, where the host knows SMTPUTF8', async () => {
    const { result, said, raw } = await send(['8BITMIME', 'SMTPUTF8'], rewritable);
    assert.deepEqual(result, ['accepted', '2.0.0', null]);
    assert.match(said, / BODY=8BITMIME SMTPUTF8$/);
    assert.deepEqual(raw, rewritable);
  });

  test('leaves with another header where it does not, and with another body where it knows no 8BITMIME', async () => {
    const eight = await send(['8BITMIME'], rewritable);
    assert.deepEqual(eight.result, ['accepted', '2.0.0', null]);
    assert.doesNotMatch(eight.said, /SMTPUTF8/);
    assert.equal(eight.raw?.toString(), `From: ${word('Jörg')} <j@x.test>\r\nSubject: x\r\n\r\nñ\r\n`);
    const seven = await send([], rewritable);
    assert.deepEqual(seven.result, ['accepted', '2.0.0', null]);
    assert.ok(seven.raw !== undefined && isAscii(seven.raw));
  });

  test('comes back where it cannot be rewritten', async () => {
    assert.equal((await send(['8BITMIME', 'SMTPUTF8'], fixed)).result[0], 'accepted');
    const refused = ['permanent', '5.6.7', 'recipient-refused/no-smtputf8'];
    assert.deepEqual((await send(['8BITMIME'], fixed)).result, refused);
    assert.deepEqual((await send([], fixed)).result, refused);
  });

  test('that was only said to may leave by any host', async () => {
    const plain = Buffer.from('From: a@x.test\r\n\r\nñ\r\n');
    const { result, raw } = await send(['8BITMIME'], plain);
    assert.deepEqual(result, ['accepted', '2.0.0', null]);
    assert.deepEqual(raw, plain);
  });
});
