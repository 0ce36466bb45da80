import type { DsnInput, ReportedRecipient } from '../../../smtp-relay/dsn/dsn-input.ts';

const NOW = new Date(Date.UTC(2026, 10, 21, 12));

export function makeReported(change: Partial<ReportedRecipient> = {}): ReportedRecipient {
  return {
    address: 'bob@y.test',
    action: 'failed',
    original: 'rfc822;bob+2Bshop@y.test',
    enhanced: '5.1.1',
    host: 'mx.y.test',
    diagnostic: '550 5.1.1 <bob@y.test>: no such user',
    saidByHost: true,
    reason: 'recipient-refused/unknown-user',
    gaveUp: false,
    lastAttempt: NOW,
    retryUntil: null,
    ...change,
  };
}

export function makeInput(change: Partial<DsnInput> = {}): DsnInput {
  return {
    reporter: 'mail.example.org',
    to: 'a@x.test',
    language: 'en',
    envelopeId: 'key-1',
    queueId: 'queue_1',
    arrived: new Date(Date.UTC(2026, 10, 21, 11)),
    now: NOW,
    messageId: '<dsn_1@mail.example.org>',
    boundary: 'part_1',
    recipients: [makeReported()],
    returned: { kind: 'headers', bytes: Buffer.from('From: a@x.test\r\nSubject: hello\r\n') },
    originalMessageId: '<1@x.test>',
    subject: 'hello',
    ...change,
  };
}
