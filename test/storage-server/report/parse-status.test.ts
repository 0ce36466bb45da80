import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatus } from '../../../storage-server/report/parse-status.ts';

const write = (field: string, value: string): string =>
  `Reporting-MTA: dns;mx.x.test\n\nFinal-Recipient: rfc822;a@x.test\nAction: failed\nStatus: 5.1.1\n${field}: ${value}\n`;

test('a comment in a date is passed over', () => {
  const [one] = parseStatus(write('Last-Attempt-Date', 'Thu, 5 Nov 2026 10:00:00 +0000 (UTC)')).recipients;
  assert.equal(one?.lastAttempt, Date.UTC(2026, 10, 5, 10));
});

test('a field without end takes no time, whoever wrote it', () => {
  for (const field of ['Last-Attempt-Date', 'Will-Retry-Until', 'Diagnostic-Code', 'Remote-MTA']) {
    const started = performance.now();
    const { recipients } = parseStatus(write(field, '('.repeat(90_000)));
    assert.equal(recipients.length, 1);
    assert.ok(performance.now() - started < 1000, field);
  }
});
