import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import PostalMime from 'postal-mime';
import { buildDsn } from '../../../smtp-relay/dsn/build-dsn.ts';
import { makeInput, makeReported } from './sample-dsn.ts';

const OWN_FINDING = makeReported({
  address: 'eve@none.test',
  original: null,
  enhanced: '5.1.2',
  host: null,
  diagnostic: 'The domain of this address does not exist.',
  saidByHost: false,
  reason: 'recipient-refused/no-such-domain',
});
const DELAYED = makeReported({
  action: 'delayed',
  enhanced: '4.7.1',
  reason: 'server-error/greylisted',
  diagnostic: '451 4.7.1 Greylisted',
  retryUntil: new Date(Date.UTC(2026, 10, 26, 11)),
});

/** The parts of a DSN as they stand between its boundaries. */
function splitParts(dsn: Buffer): string[] {
  return dsn.toString().split('--part_1\r\n');
}

describe('buildDsn', () => {
  test('is a report that mail programs can read', async () => {
    const text = buildDsn(makeInput({ recipients: [makeReported(), OWN_FINDING] })).toString();
    assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/, 'every line ends with CRLF');
    assert.ok(text.split('\r\n').every((line) => line.length <= 998));
    assert.match(
      text,
      /^Content-Type: multipart\/report; report-type=delivery-status; boundary="part_1"\r$/m,
    );
    assert.match(text, /^Auto-Submitted: auto-replied\r$/m);
    const parsed = await PostalMime.parse(text);
    assert.equal(parsed.inReplyTo, '<1@x.test>');
    assert.equal(parsed.subject, 'Undelivered: hello');
    const said = (parsed.text ?? '').replace(/\s+/g, ' ');
    assert.match(said, /<bob@y\.test> This address does not exist there\. Check how it is spelt/);
    assert.match(said, /mx\.y\.test answered: 550 5\.1\.1 <bob@y\.test>: no such user/);
    assert.match(said, /<eve@none\.test> The domain of this address does not exist\./);
  });

  test('reports recipients as RFC 3464 wants', () => {
    assert.equal(
      splitParts(buildDsn(makeInput({ recipients: [makeReported(), OWN_FINDING] })))[2],
      [
        'Content-Type: message/delivery-status',
        'Content-Transfer-Encoding: 7bit',
        '',
        'Original-Envelope-Id: key-1',
        'Reporting-MTA: dns;mail.example.org',
        'X-Valija-Queue-Id: queue_1',
        'Arrival-Date: Sat, 21 Nov 2026 11:00:00 +0000',
        '',
        'Original-Recipient: rfc822;bob+shop@y.test',
        'Final-Recipient: rfc822;bob@y.test',
        'Action: failed',
        'Status: 5.1.1',
        'Remote-MTA: dns;mx.y.test',
        'Diagnostic-Code: smtp;550 5.1.1 <bob@y.test>: no such user',
        'X-Valija-Reason: recipient-refused/unknown-user',
        'Last-Attempt-Date: Sat, 21 Nov 2026 12:00:00 +0000',
        '',
        'Final-Recipient: rfc822;eve@none.test',
        'Action: failed',
        'Status: 5.1.2',
        'Diagnostic-Code: X-Valija;The domain of this address does not exist.',
        'X-Valija-Reason: recipient-refused/no-such-domain',
        'Last-Attempt-Date: Sat, 21 Nov 2026 12:00:00 +0000',
        '',
        '',
      ].join('\r\n'),
    );
  });

  test('says of what is delayed until when it is tried, and asks for nothing', async () => {
    const dsn = buildDsn(makeInput({ recipients: [DELAYED] }));
    assert.match(dsn.toString(), /^Action: delayed\r\nStatus: 4\.7\.1\r$/m);
    assert.match(dsn.toString(), /^Will-Retry-Until: Thu, 26 Nov 2026 11:00:00 \+0000\r$/m);
    const { subject, text } = await PostalMime.parse(dsn);
    assert.equal(subject, 'Delayed: hello');
    assert.match(text ?? '', /It is tried until 2026-11-26 11:00 UTC\./);
    assert.match(text ?? '', /puts off mail/);
  });

  test('does not tell anybody to wait after it was tried for days', async () => {
    const gaveUp = { ...DELAYED, action: 'failed' as const, gaveUp: true, retryUntil: null };
    const text = ((await PostalMime.parse(buildDsn(makeInput({ recipients: [gaveUp] })))).text ?? '').replace(
      /\s+/g,
      ' ',
    );
    assert.match(text, /puts off mail .* It was tried for five days\. mx\.y\.test answered/);
    assert.doesNotMatch(text, /within the hour/);
  });

  test('says several things of several recipients, the worst first and in the subject', async () => {
    const relayed = makeReported({
      address: 'ok@y.test',
      action: 'relayed',
      enhanced: '2.0.0',
      reason: null,
    });
    const { subject, text } = await PostalMime.parse(
      buildDsn(makeInput({ recipients: [relayed, DELAYED, makeReported()] })),
    );
    assert.equal(subject, 'Undelivered: hello');
    const places = ['will not be tried', 'has not reached', 'taken by the next server'].map((words) =>
      (text ?? '').replace(/\s+/g, ' ').indexOf(words),
    );
    assert.ok(
      places.every((place, index) => place > (places[index - 1] ?? -1)),
      String(places),
    );
  });

  test('speaks Spanish to whom it should, and both to whom nobody knows', async () => {
    const spanish = await PostalMime.parse(buildDsn(makeInput({ language: 'es' })));
    assert.equal(spanish.subject, 'No entregado: hello');
    assert.match(spanish.text ?? '', /Esa dirección no existe allí\./);
    assert.match(spanish.text ?? '', /mx\.y\.test respondió: 550 5\.1\.1/);
    const both = await PostalMime.parse(buildDsn(makeInput({ language: null })));
    assert.equal(both.subject, 'Undelivered / No entregado: hello');
    assert.match(both.text ?? '', /does not exist there[^]*no existe allí/);
  });

  test('gives the headers back and nothing of the body, or all of it', () => {
    assert.equal(
      splitParts(buildDsn(makeInput()))[3],
      'Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: 7bit\r\n\r\nFrom: a@x.test\r\nSubject: hello\r\n\r\n--part_1--\r\n',
    );
    const bytes = Buffer.from('From: a@x.test\r\nSubject: hello\r\n\r\naño\r\n');
    assert.equal(
      splitParts(buildDsn(makeInput({ returned: { kind: 'whole', bytes } })))[3],
      `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${bytes.toString()}\r\n--part_1--\r\n`,
    );
  });

  test('takes the forms of RFC 6533 for UTF-8', () => {
    const returned = { kind: 'headers' as const, bytes: Buffer.from('Subject: año\r\n') };
    const text = buildDsn(
      makeInput({ recipients: [makeReported({ address: 'josé@y.test' })], returned }),
    ).toString();
    assert.match(
      text,
      /^Content-Type: message\/global-delivery-status\r\nContent-Transfer-Encoding: 8bit\r$/m,
    );
    assert.match(text, /^Final-Recipient: utf-8;josé@y\.test\r$/m);
    assert.match(text, /^Content-Type: message\/global-headers\r\nContent-Transfer-Encoding: 8bit\r$/m);
    const whole = { kind: 'whole' as const, bytes: Buffer.from('Subject: año\r\n\r\nx\r\n') };
    assert.match(buildDsn(makeInput({ returned: whole })).toString(), /^Content-Type: message\/global\r$/m);
  });

  test('what others said begins no field of its own', () => {
    const evil = makeReported({
      original: 'rfc822;a+0D+0AAction: delivered',
      host: 'mx\r\nAction: delivered',
      diagnostic: '550 a\r\nAction: delivered',
    });
    const report =
      splitParts(buildDsn(makeInput({ recipients: [evil], envelopeId: 'k\r\nAction: delivered' })))[2] ?? '';
    assert.deepEqual(report.match(/^Action: .*$/gm), ['Action: failed']);
  });
});
