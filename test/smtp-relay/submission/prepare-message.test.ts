import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prepareMessage } from '../../../smtp-relay/submission/message/prepare-message.ts';

const OPTIONS = {
  queueId: 'queue_1',
  name: 'mail.example.org',
  protocol: 'ESMTPSA',
  now: Date.UTC(2026, 10, 21, 12, 0, 0),
  resentBy: null,
};
const RECEIVED =
  'Received: by mail.example.org (Valija) with ESMTPSA id queue_1;\r\n\tSat, 21 Nov 2026 12:00:00 +0000\r\n';
const FULL = 'From: A <a@x.test>\r\nDate: Sat, 21 Nov 2026 11:00:00 +0000\r\nMessage-ID: <1@x.test>\r\n';

const prepare = (text: string | Buffer) => prepareMessage([Buffer.from(text)], OPTIONS);

describe('prepareMessage', () => {
  test('adds Received and leaves the rest byte for byte', () => {
    const text = Buffer.concat([
      Buffer.from(`${FULL}X-Odd : keep\r\n\tfolded\r\n\r\n`),
      Buffer.from([0x80, 0xff, 0x0d, 0x0a]),
      Buffer.from('..dots\r\n'),
    ]);
    const { body, messageId, from, senders } = prepare(text);
    assert.deepEqual(body, Buffer.concat([Buffer.from(RECEIVED), text]));
    assert.deepEqual([messageId, from, senders], ['<1@x.test>', 'a@x.test', ['a@x.test']]);
  });

  test('adds Date and Message-ID where they are missing', () => {
    const { body, messageId } = prepare('From: a@x.test\r\n\r\nhi\r\n');
    assert.equal(messageId, '<queue_1@x.test>');
    assert.equal(
      body.toString(),
      `${RECEIVED}Date: Sat, 21 Nov 2026 12:00:00 +0000\r\nMessage-ID: <queue_1@x.test>\r\nFrom: a@x.test\r\n\r\nhi\r\n`,
    );
  });

  test('replaces a Message-ID that is none', () => {
    const { body } = prepare('Message-ID: nothing\r\nFrom: a@x.test\r\n\r\n');
    assert.doesNotMatch(body.toString(), /nothing/);
    assert.match(body.toString(), /^Message-ID: <queue_1@x\.test>\r$/m);
  });

  test('takes out Bcc and Return-Path, also folded and in any case', () => {
    const { body } = prepare(
      `${FULL}BCC: secret@x.test,\r\n  more@x.test\r\nResent-Bcc: s@x.test\r\nReturn-Path: <s@x.test>\r\nTo: b@x.test\r\n\r\nBcc: in the body stays\r\n`,
    );
    assert.equal(body.toString(), `${RECEIVED}${FULL}To: b@x.test\r\n\r\nBcc: in the body stays\r\n`);
  });

  test('is the same wherever the pieces that came in end', () => {
    const text = Buffer.from(`${FULL}To: b@x.test\r\nBcc: s@x.test\r\n\r\nbody\r\n\r\nmore\r\n`);
    const whole = prepareMessage([text], OPTIONS);
    for (let at = 0; at <= text.length; at++) {
      const pieces = [text.subarray(0, at), text.subarray(at, at + 3), text.subarray(at + 3)];
      assert.deepEqual(prepareMessage(pieces, OPTIONS), whole, `cut at ${at}`);
    }
  });

  test('TLS-Required: No is heard once, and nothing else', () => {
    const said = (lines: string): boolean => prepare(`${FULL}${lines}\r\n`).tlsOptional;
    assert.equal(said('TLS-Required: No\r\n'), true);
    assert.equal(said('tls-required:\r\n no\r\n'), true);
    assert.equal(said('TLS-Required: Yes\r\n'), false);
    assert.equal(said('TLS-Required: No\r\nTLS-Required: No\r\n'), false);
    assert.equal(said(''), false);
  });

  test('refuses a header that never ends', () => {
    const line = Buffer.from(`X-Long: ${'x'.repeat(900)}\r\n`);
    const pieces = Array.from({ length: 2000 }, () => line);
    assert.throws(() => prepareMessage(pieces, OPTIONS), { responseCode: 552, message: /^5\.3\.4/ });
  });

  test('a message without a body gets the empty line', () => {
    assert.equal(prepare(FULL).body.toString(), `${RECEIVED}${FULL}\r\n`);
  });

  test('names every sender: From with several, groups, Sender', () => {
    const head = 'From: "B, b" <b@x.test>, c@y.test\r\nSender: d@z.test\r\n\r\n';
    assert.deepEqual(prepare(head).senders, ['b@x.test', 'c@y.test', 'd@z.test']);
  });

  const several: [string, string[]][] = [
    ['<b@x.test> <e@y.test>', ['b@x.test', 'e@y.test']],
    ['<b@x.test> e@y.test', ['b@x.test', 'e@y.test']],
    ['e@y.test <b@x.test>', ['b@x.test', 'e@y.test']],
    ['<e@y.test\r\n <b@x.test>', ['b@x.test', 'e@y.test']],
    ['"e@y.test" <b@x.test> (e, e@y.test)', ['b@x.test']],
    ['"a \\" e@y.test" (a \\) <e@y.test>) "b b"@x.test', ['"b b"@x.test']],
    ['b@x.test <b@x.test>', ['b@x.test']],
  ];
  for (const [from, senders] of several) {
    test(`names whoever a reader may take for the sender: ${JSON.stringify(from)}`, () =>
      assert.deepEqual(prepare(`From: ${from}\r\n\r\n`).senders, senders));
  }

  test('what somebody resends may have any From, or none: it is he who answers for it', () => {
    for (const head of ['From: eve@y.test, f@y.test\r\nSender: d@z.test\r\n', '']) {
      const message = Buffer.from(`${head}Date: x\r\nMessage-ID: <1@y.test>\r\n\r\nhi\r\n`);
      const { body, from, senders } = prepareMessage([message], { ...OPTIONS, resentBy: 'a@x.test' });
      assert.deepEqual([from, senders], ['a@x.test', ['a@x.test']]);
      assert.deepEqual(body, Buffer.concat([Buffer.from(RECEIVED), message]));
    }
  });

  const refused: [string, string, RegExp][] = [
    ['no header at all', '\r\nhello\r\n', /^5\.6\.0/],
    ['no From', 'To: b@x.test\r\n\r\n', /^5\.6\.0/],
    ['two From', 'From: a@x.test\r\nFrom: b@x.test\r\n\r\n', /^5\.6\.0/],
    ['From without an address', 'From: nobody\r\n\r\n', /^5\.6\.0/],
    ['a line that is no field', 'From a@x.test Sat\r\nFrom: a@x.test\r\n\r\n', /^5\.6\.0/],
    ['continuation first', ' From: a@x.test\r\n\r\n', /^5\.6\.0/],
    ['a loop', `${'Received: x\r\n'.repeat(31)}From: a@x.test\r\n\r\n`, /^5\.4\.6/],
  ];
  for (const [name, text, status] of refused) {
    test(`refuses ${name}`, () => assert.throws(() => prepare(text), { message: status, responseCode: 554 }));
  }
});
