import assert from 'node:assert/strict';
import test from 'node:test';
import { findBody } from '../../../storage-server/mime/split.ts';
import { isReport } from '../../../storage-server/report/is-report.ts';
import type { ReportedRecipient } from '../../../storage-server/report/report.ts';
import { readReport } from '../../../storage-server/report/read-report.ts';
import { providerSamples } from './samples/providers.ts';
import { reportSamples } from './samples/reports.ts';
import { otherSamples } from './samples/no-reports.ts';
import { officeSamples } from './samples/offices.ts';
import { qmailSamples } from './samples/qmail-exim.ts';
import { sendmailSamples } from './samples/sendmail-postfix.ts';

const samples = [
  ...qmailSamples,
  ...sendmailSamples,
  ...providerSamples,
  ...officeSamples,
  ...reportSamples,
  ...otherSamples,
];

for (const { name, source, message, expected } of samples) {
  for (const end of ['\n', '\r\n']) {
    test(`${name} (${source}), lines end in ${end === '\n' ? 'LF' : 'CRLF'}`, () => {
      const bytes = Buffer.from(message.replaceAll('\n', end));
      const split = findBody(bytes);
      const header = bytes.subarray(0, split);
      const report = isReport(header) ? readReport(header, bytes.subarray(split)) : null;
      if (expected === null) {
        assert.equal(report, null);
        return;
      }
      assert.ok(report !== null, 'it is a notification');
      assert.equal(report.messageIds[0] ?? null, expected.messageId);
      assert.equal(report.envelopeId, expected.envelopeId ?? null);
      for (const [address, action, enhanced, code] of expected.recipients) {
        const found: ReportedRecipient | undefined = report.recipients.find((one) =>
          one.addresses.includes(address),
        );
        assert.deepEqual(
          [found?.action, found?.enhanced, found?.code],
          [action, enhanced, code],
          `${address}: ${JSON.stringify(report.recipients)}`,
        );
      }
    });
  }
}
