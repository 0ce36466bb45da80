import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import PostalMime from 'postal-mime';
import { buildDsn, type DsnInput } from '../../smtp-relay/dsn/build-dsn.ts';

const INPUT: DsnInput = {
  reporter: 'mail.example.org',
  to: 'a@x.test',
  envelopeId: 'key-1',
  queueId: 'queue_1',
  arrived: new Date(Date.UTC(2026, 10, 21, 11)),
  now: new Date(Date.UTC(2026, 10, 21, 12)),
  messageId: '<dsn_1@mail.example.org>',
  boundary: 'part_1',
  recipients: [
    {
      address: 'bob@y.test',
      original: 'rfc822;bob@y.test',
      enhanced: '5.1.1',
      host: 'mx.y.test',
      diagnostic: '550 5.1.1 <bob@y.test>: no such user',
      saidByHost: true,
      lastAttempt: new Date(Date.UTC(2026, 10, 21, 12)),
    },
    {
      address: 'eve@none.test',
      original: null,
      enhanced: '5.1.2',
      host: null,
      diagnostic: 'This domain does not exist.',
      saidByHost: false,
      lastAttempt: new Date(Date.UTC(2026, 10, 21, 12)),
    },
  ],
  headers: Buffer.from('From: a@x.test\r\nSubject: hello\r\n'),
  originalMessageId: '<1@x.test>',
};

describe('buildDsn', () => {
  test('is a report that mail programs can read', async () => {
    const text = buildDsn(INPUT).toString();
    assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/, 'every line ends with CRLF');
    assert.match(
      text,
      /^Content-Type: multipart\/report; report-type=delivery-status; boundary="part_1"\r$/m,
    );
    assert.match(text, /^Auto-Submitted: auto-replied\r$/m);
    const parsed = await PostalMime.parse(text);
    assert.equal(parsed.inReplyTo, '<1@x.test>');
    assert.match(parsed.text ?? '', /<bob@y\.test>\s+mx\.y\.test answered: 550 5\.1\.1/);
    assert.match(parsed.text ?? '', /<eve@none\.test>\s+This domain does not exist\./);
  });

  test('reports recipients as RFC 3464 wants', () => {
    const report = buildDsn(INPUT).toString().split('--part_1\r\n')[2];
    assert.equal(
      report,
      [
        'Content-Type: message/delivery-status',
        'Content-Transfer-Encoding: 7bit',
        '',
        'Original-Envelope-Id: key-1',
        'Reporting-MTA: dns;mail.example.org',
        'X-Valija-Queue-Id: queue_1',
        'Arrival-Date: Sat, 21 Nov 2026 11:00:00 +0000',
        '',
        'Original-Recipient: rfc822;bob@y.test',
        'Final-Recipient: rfc822;bob@y.test',
        'Action: failed',
        'Status: 5.1.1',
        'Remote-MTA: dns;mx.y.test',
        'Diagnostic-Code: smtp;550 5.1.1 <bob@y.test>: no such user',
        'Last-Attempt-Date: Sat, 21 Nov 2026 12:00:00 +0000',
        '',
        'Final-Recipient: rfc822;eve@none.test',
        'Action: failed',
        'Status: 5.1.2',
        'Diagnostic-Code: X-Valija;This domain does not exist.',
        'Last-Attempt-Date: Sat, 21 Nov 2026 12:00:00 +0000',
        '',
        '',
      ].join('\r\n'),
    );
  });

  test('gives the headers back and nothing of the body', () => {
    const returned = buildDsn(INPUT).toString().split('--part_1\r\n')[3];
    assert.equal(
      returned,
      'Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: 7bit\r\n\r\nFrom: a@x.test\r\nSubject: hello\r\n\r\n--part_1--\r\n',
    );
  });

  test('takes the forms of RFC 6533 for UTF-8', () => {
    const [first] = INPUT.recipients;
    assert.ok(first);
    const text = buildDsn({
      ...INPUT,
      recipients: [{ ...first, address: 'josé@y.test' }],
      headers: Buffer.from('Subject: año\r\n'),
    }).toString();
    assert.match(text, /^Content-Type: message\/global-delivery-status\r$/m);
    assert.match(text, /^Final-Recipient: utf-8;josé@y\.test\r$/m);
    assert.match(text, /^Content-Type: message\/global-headers\r\nContent-Transfer-Encoding: 8bit\r$/m);
  });
});
