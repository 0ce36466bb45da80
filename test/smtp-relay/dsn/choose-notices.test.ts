import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOUR, MINUTE } from '../../../common/time.ts';
import { chooseNotices, isAutomaticAnswer } from '../../../smtp-relay/dsn/choose-notices.ts';
import { encodeQuotedPrintable } from '../../../smtp-relay/seven-bit/encode-bytes.ts';
import { findSubject } from '../../../smtp-relay/dsn/read-returned.ts';
import type { Outcome, QueuedRecipient } from '../../../smtp-relay/queue/queued-mail.ts';
import { T0, makeOutcome } from '../../harness/queued-mails.ts';

const FAILED: Partial<Outcome> = { state: 'failed' };
const LATE: Partial<Outcome> = { state: 'deferred', nextTry: T0 + 4 * HOUR };
const SOON: Partial<Outcome> = { state: 'deferred', nextTry: T0 + 4 * HOUR - MINUTE };
const TAKEN: Partial<Outcome> = { state: 'accepted' };

const CASES: [string, string | null, Partial<Outcome>, Partial<QueuedRecipient>, string | null][] = [
  ['a failure, nothing asked', null, FAILED, {}, 'failed'],
  ['a failure, asked for', 'FAILURE,DELAY', FAILED, {}, 'failed'],
  ['a failure, never', 'NEVER', FAILED, {}, null],
  ['a failure, only success asked', 'SUCCESS', FAILED, {}, null],
  ['a delay, nothing asked', null, LATE, {}, 'delayed'],
  ['a delay, asked for', 'delay', LATE, {}, 'delayed'],
  ['a delay, only failure asked', 'FAILURE', LATE, {}, null],
  ['a delay, told before', null, LATE, { delayTold: true }, null],
  ['a delay that is none yet', null, SOON, {}, null],
  ['a success, nothing asked', null, TAKEN, {}, null],
  ['a success, asked for', 'SUCCESS,FAILURE', TAKEN, {}, 'relayed'],
  ['a success that the next host reports', 'SUCCESS', { ...TAKEN, passesDsnOn: true }, {}, null],
];

describe('chooseNotices', () => {
  for (const [name, notify, outcome, recipient, wanted] of CASES) {
    const recipients = [
      { number: 0, address: 'b@x.test', attempts: 1, notify, original: null, ...recipient },
    ];
    const outcomes = [makeOutcome(0, outcome)];
    test(name, () => {
      const [notice] = chooseNotices({ mailFrom: 'a@x.test', queuedAt: T0 }, recipients, outcomes);
      assert.equal(notice?.action ?? null, wanted);
      assert.deepEqual(
        chooseNotices({ mailFrom: '', queuedAt: T0 }, recipients, outcomes),
        [],
        'null sender',
      );
    });
  }
});

test('an answer of a program is known by its header, however that is folded', () => {
  const is = (headers: string): boolean => isAutomaticAnswer(Buffer.from(headers));
  assert.ok(is('Subject: x\r\nauto-submitted:\r\n auto-replied (vacation)\r\n'));
  assert.ok(is('Content-Type: multipart/report;\r\n report-type=delivery-status\r\n'));
  assert.ok(!is('Auto-Submitted: auto-generated\r\n'), 'a program that reports wants to know');
  assert.ok(!is('Auto-Submitted: no\r\nX-Auto-Submitted: auto-replied\r\n'));
});

test('the subject goes on as it stands, unless it cannot', () => {
  const find = (headers: string): string | null => findSubject(Buffer.from(headers));
  assert.equal(find('To: x\r\nSUBJECT: =?utf-8?Q?a=C3=B1o?=\r\n b\r\nX: y\r\n'), '=?utf-8?Q?a=C3=B1o?= b');
  assert.equal(find('Subject: año\r\n'), null);
  assert.equal(find('To: x\r\n'), null);
  assert.equal(find(`Subject: ${'x'.repeat(600)}\r\n`), null);
});

test('quoted-printable: short lines, no blank at an end, every sign back', () => {
  const text = `Tu correo ${'ñandú = '.repeat(30)} \r\n\r\n. 😀`;
  const encoded = encodeQuotedPrintable(Buffer.from(text)).toString();
  assert.ok(encoded.split('\r\n').every((line) => line.length <= 76 && !line.endsWith(' ')));
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_sign, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  assert.equal(Buffer.from(bytes, 'latin1').toString(), text);
});
