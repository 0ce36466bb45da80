import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseReason } from '../../../storage-server/report/reason.ts';

const CASES: [string | null, number | null, string | null, string][] = [
  [
    '5.7.1',
    550,
    '550 5.7.1 Our system has detected that this message is likely unsolicited mail.',
    'recipient-refused/spam',
  ],
  [
    '5.7.26',
    550,
    "550 5.7.26 Unauthenticated email from x.test is not accepted due to domain's DMARC policy.",
    'route-refused/dmarc',
  ],
  ['5.0.0', 552, '552 1 Requested mail action aborted, mailbox not found', 'recipient-refused/unknown-user'],
  ['5.1.1', null, 'mailbox of that name is not here', 'recipient-refused/unknown-user'],
  ['5.1.1', 550, null, 'recipient-refused/unknown-user'],
  ['5.7.1', 550, '550 5.7.1 no', 'recipient-refused/restricted'],
  ['5.0.0', 550, '550 no', 'recipient-refused/reported'],
  ['5.4.7', 451, '451 4.7.1 Greylisted, see http://postgrey.example', 'recipient-refused/never-reached'],
  ['5.7.0', 530, '530 5.7.0 Authentication required', 'recipient-refused/restricted'],
  [null, null, null, 'recipient-refused/reported'],
];

for (const [enhanced, code, line, wanted] of CASES) {
  test(`${enhanced} ${line} is ${wanted}`, () => {
    assert.equal(chooseReason(true, { enhanced, code, line }), wanted);
    assert.equal(chooseReason(false, { enhanced, code, line }), 'server-error/reported-delay');
  });
}
