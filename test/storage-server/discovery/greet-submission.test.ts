import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SmtpSettings } from '../../../common/shapes/account.ts';
import { makeEgressGuard } from '../../../server-kit/egress/guard.ts';
import { greetSubmission } from '../../../storage-server/discovery/submission/greet-submission.ts';
import { verifySubmission } from '../../../storage-server/discovery/submission/verify-submission.ts';
import { startFakeSmtp } from '../../fakes/smtp-server.ts';

/** What a submission server says at which step → whether it may be proposed. */
const CASES: readonly [string, Record<string, string>, boolean][] = [
  ['busy at the greeting', { CONNECT: '421 4.3.2 too many connections, try again later' }, true],
  ['busy at EHLO', { EHLO: '451 4.3.0 come back later' }, true],
  ['no TLS now', { EHLO: '250-x\r\n250 STARTTLS', STARTTLS: '454 4.7.0 TLS not available' }, true],
  ['no service for us', { CONNECT: '554 5.7.1 no' }, false],
  ['no TLS ever', { EHLO: '250-x\r\n250 STARTTLS', STARTTLS: '502 5.5.1 not here' }, false],
  ['no encryption offered', { EHLO: '250 x' }, false],
  ['no SMTP', { CONNECT: '+OK POP3 ready' }, false],
];

for (const [name, answers, stays] of CASES) {
  test(`submission, ${name}: ${stays ? 'stays, unverified' : 'can never work'}`, async (t) => {
    const fake = await startFakeSmtp({
      script: (connection, verb) => {
        const answer = answers[verb];
        if (answer !== undefined) connection.say(answer);
        return answer !== undefined;
      },
    });
    t.after(async () => await fake.close());
    const smtp: SmtpSettings = {
      host: '127.0.0.1',
      port: fake.port,
      tls: 'starttls',
      user: 'ana',
      auth: 'auto',
    };
    const egress = makeEgressGuard({ allowNetworks: ['127.0.0.0/8'], dns: null });
    const found = { source: 'autoconfig', smtp, verified: false, confirm: false } as const;
    const greet = async (server: Parameters<typeof greetSubmission>[1]) =>
      await greetSubmission(egress, server, AbortSignal.timeout(5000));
    assert.deepEqual(await verifySubmission([found], greet), stays ? [found] : []);
  });
}
