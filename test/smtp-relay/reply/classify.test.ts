import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { classifyError, classifyReply } from '../../../smtp-relay/reply/classify.ts';
import {
  isSignInRefusal,
  isSuppressing,
  slowsDestination,
  type Reason,
} from '../../../common/reply/reply-class.ts';
import type { Stage } from '../../../common/reply/stage.ts';

const CASES: readonly [string, Stage, 'temporary' | 'permanent', Reason, number | null, string][] = [
  ['451 4.7.1 Greylisting in action', 'recipient', 'temporary', 'server-error/greylisted', 451, '4.7.1'],
  ['450 4.2.2 mailbox full', 'recipient', 'temporary', 'recipient-refused/mailbox-full', 450, '4.2.2'],
  ['421 too many connections', 'session', 'temporary', 'server-error/busy', 421, '4.0.0'],
  ['554 5.7.1 no mail from you', 'session', 'temporary', 'server-error', 554, '4.7.1'],
  ['535 5.7.8 wrong', 'login', 'temporary', 'needs-sign-in', 535, '4.7.8'],
  ['454 4.7.0 try later', 'login', 'temporary', 'server-error', 454, '4.7.0'],
  ['554 5.7.1 looks like spam', 'data', 'permanent', 'recipient-refused/spam', 554, '5.7.1'],
  ['550 no', 'data', 'permanent', 'recipient-refused/mail', 550, '5.0.0'],
  ['550 no', 'recipient', 'permanent', 'recipient-refused', 550, '5.0.0'],
  ['550 no', 'sender', 'permanent', 'route-refused', 550, '5.0.0'],
  ['503 5.5.1 bad sequence', 'data', 'temporary', 'protocol/command', 503, '4.5.1'],
  ['552 no more', 'recipient', 'temporary', 'server-error/too-many-recipients', 552, '4.0.0'],
  ['552 too much', 'data', 'permanent', 'too-large/for-recipient', 552, '5.0.0'],
  ['550 5.6.7 no', 'recipient', 'permanent', 'recipient-refused/no-smtputf8', 550, '5.6.7'],
  [
    '550 Greylisted, please try again later',
    'recipient',
    'temporary',
    'server-error/greylisted',
    550,
    '4.0.0',
  ],
  [
    '550-5.1.1 The email account\n550-5.1.1 does not exist\n550 5.1.1 see help',
    'recipient',
    'permanent',
    'recipient-refused/unknown-user',
    550,
    '5.1.1',
  ],
  [
    '550-Verification failed for <a@own.test>\n550-No Such User Here\n550 Sender verify failed',
    'recipient',
    'permanent',
    'route-refused/sender-unknown',
    550,
    '5.0.0',
  ],
  [
    '550 Host 192.0.2.1 is listed by zen.example.org',
    'recipient',
    'permanent',
    'route-refused/blocked-ip',
    550,
    '5.0.0',
  ],
  [
    '550 Email blocked by cbl.abuseat.org',
    'recipient',
    'permanent',
    'route-refused/blocked-ip',
    550,
    '5.0.0',
  ],
  [
    '550 Temporarily unavailable, user quota database',
    'recipient',
    'temporary',
    'server-error/busy',
    550,
    '4.0.0',
  ],
  ['550 4.1.1 class and code contradict', 'recipient', 'permanent', 'recipient-refused', 550, '5.0.0'],
  ['what is this', 'recipient', 'temporary', 'protocol', null, '4.5.0'],
  ['', 'data', 'temporary', 'protocol', null, '4.5.0'],
  ['354 go on', 'data', 'temporary', 'server-error', 354, '4.0.0'],
];

describe('a reply', () => {
  for (const [reply, stage, outcome, reason, code, enhanced] of CASES) {
    test(`${JSON.stringify(reply)} at ${stage}`, () => {
      const { serverLine, ...found } = classifyReply(reply, stage, 'mx');
      assert.deepEqual(found, { outcome, reason, code, enhanced });
      assert.ok(!serverLine?.includes('\n'));
    });
  }

  test('is kept without control characters and no longer than 500', () => {
    const { serverLine } = classifyReply(`550 5.1.1 a\u0007b${'x'.repeat(2000)}`, 'recipient', 'mx');
    assert.equal(serverLine?.length, 500);
    assert.ok(serverLine.startsWith('550 5.1.1 a bx'));
  });

  test('is read as far as a host has something to say, not as long as it talks', () => {
    assert.equal(classifyReply(`550 ${'x '.repeat(400)}spam`, 'data', 'mx').reason, 'recipient-refused/spam');
    assert.equal(classifyReply(`550 ${'x '.repeat(600)}spam`, 'data', 'mx').reason, 'recipient-refused/mail');
  });
});

test('what slows a whole destination: its own state, not one address', () => {
  const slows = (code: number | null, reason: string | null, state = 'deferred'): boolean =>
    slowsDestination({ state, code, reason });
  assert.ok(slows(421, 'server-error'));
  assert.ok(slows(451, 'too-many-tries/rate-limited'));
  assert.ok(slows(null, 'timeout/connect'));
  assert.ok(slows(null, 'connect-refused'));
  assert.ok(!slows(450, 'server-error/greylisted'));
  assert.ok(!slows(550, 'recipient-refused/unknown-user', 'failed'));
  assert.ok(!slows(550, 'route-refused/blocked-ip', 'failed'), 'fewer connections would not help');
  assert.ok(!slows(250, null, 'accepted'));
});

/** A demand to sign in → what it means from a recipient's own host; from a smarthost the account has to be mended. */
const SIGN_IN_DEMANDS: readonly [string, Stage, Reason][] = [
  ['550 5.7.1 Authentication required', 'recipient', 'recipient-refused/restricted'],
  ['530 Authentication required', 'recipient', 'recipient-refused/restricted'],
  [
    '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM',
    'sender',
    'recipient-refused/restricted',
  ],
  ['550 5.7.57 Client not authenticated', 'sender', 'recipient-refused/restricted'],
  [
    '530 5.7.1 Relaying denied. Proper authentication required.',
    'recipient',
    'recipient-refused/relay-denied',
  ],
  ['550 5.7.0 basic authentication is disabled', 'sender', 'route-refused'],
];

describe('a demand to sign in', () => {
  for (const [reply, stage, reason] of SIGN_IN_DEMANDS) {
    test(`${reply} at ${stage}`, () => {
      const { outcome, reason: found } = classifyReply(reply, stage, 'mx');
      assert.deepEqual([outcome, found], ['permanent', reason]);
      const ours = classifyReply(reply, stage, 'smarthost');
      assert.ok(ours.outcome === 'temporary' && isSignInRefusal(ours.reason), ours.reason);
    });
  }
});

/** What is said about us, our server or our mail, in words that are also said about mailboxes. */
const ABOUT_US: readonly [string, Stage, Reason][] = [
  ['550 Outgoing mail from "joe@own.test" has been suspended', 'recipient', 'recipient-refused'],
  ['550 Your e-mail account is suspended', 'recipient', 'recipient-refused'],
  ['550 unknown address [192.0.2.4]', 'recipient', 'recipient-refused'],
  [
    '554 5.7.1 Service unavailable; Client host [203.0.113.5] has been suspended',
    'recipient',
    'recipient-refused',
  ],
  ['554 Client host [203.0.113.5] has been suspended', 'recipient', 'recipient-refused'],
  ['550 5.7.1 Your sending domain has been suspended', 'recipient', 'recipient-refused'],
  ['550 Mail from your IP 203.0.113.5 is suspended, see https://x.test/', 'recipient', 'recipient-refused'],
  ['550 5.7.1 Relaying has been disabled', 'recipient', 'recipient-refused/relay-denied'],
  ['550 5.7.0 Message contains a link to a suspended site', 'data', 'recipient-refused/mail'],
  ['550 Message contains a link to a suspended site', 'data', 'recipient-refused/mail'],
  ['554 5.7.1 Message refused: macros disabled attachments only', 'data', 'recipient-refused/mail'],
  ['550 5.7.1 Command rejected: account disabled', 'recipient', 'recipient-refused'],
  ['550 5.7.1 HELO address unknown', 'recipient', 'route-refused/helo'],
  ['554 5.7.1 Client address not found in reverse zone', 'recipient', 'route-refused/reverse-dns'],
  ['550 The client address is unknown here', 'recipient', 'recipient-refused'],
  ['550 Host address not found', 'recipient', 'recipient-refused'],
  ['550 IP address 203.0.113.5 has been disabled', 'recipient', 'recipient-refused'],
  ['550 IP-address disabled', 'recipient', 'recipient-refused'],
  ['550 The address 203.0.113.5 is unknown to us', 'recipient', 'recipient-refused'],
  ['550 The address [2001:db8::5] is unknown to us', 'recipient', 'recipient-refused'],
  ['550 Sender account suspended', 'recipient', 'recipient-refused'],
  ['550 5.7.1 User is not in the allow list; unknown', 'recipient', 'recipient-refused'],
];

/** The same words about a mailbox. */
const ABOUT_THE_MAILBOX: readonly [string, Reason][] = [
  ['550 5.7.1 <bob@x.test>: Recipient address rejected: User unknown', 'recipient-refused/unknown-user'],
  ['550 5.1.1 User <helo@x.test> unknown', 'recipient-refused/unknown-user'],
  ['550 <bob@x.test> is disabled', 'recipient-refused/disabled'],
  ['550 5.2.1 The account of this user has been suspended', 'recipient-refused/disabled'],
  ['550 User suspended', 'recipient-refused/disabled'],
  ['550 disabled mailbox', 'recipient-refused/disabled'],
  ['550 <bob@x.test> is no longer active', 'recipient-refused/disabled'],
  ['550 5.1.1 Recipient address unknown', 'recipient-refused/unknown-user'],
  ['550 address not found', 'recipient-refused/unknown-user'],
  ['550 address ada not found', 'recipient-refused/unknown-user'],
  ['550 address 203bob@x.test not found', 'recipient-refused/unknown-user'],
];

test('what is said of our own account is so only where we have one', () => {
  for (const reply of [
    '550 Outgoing mail from "joe@own.test" has been suspended',
    '550 Your account is disabled',
  ]) {
    assert.equal(classifyReply(reply, 'recipient', 'smarthost').reason, 'route-refused/account-blocked');
    assert.equal(classifyReply(reply, 'recipient', 'mx').outcome, 'permanent');
  }
});

describe('what suppresses an address', () => {
  for (const [reply, stage, reason] of ABOUT_US) {
    test(`not ${reply}`, () => {
      const refusal = classifyReply(reply, stage, 'mx');
      assert.equal(refusal.reason, reason);
      assert.ok(!isSuppressing(refusal.reason));
    });
  }
  for (const [reply, reason] of ABOUT_THE_MAILBOX) {
    test(reply, () => {
      assert.equal(classifyReply(reply, 'recipient', 'mx').reason, reason);
      assert.ok(isSuppressing(reason));
    });
  }
});

test('only an address that is not there, or closed, is remembered', () => {
  assert.ok(isSuppressing('recipient-refused/unknown-user'));
  assert.ok(isSuppressing('recipient-refused/disabled'));
  for (const other of ['recipient-refused', 'recipient-refused/mailbox-full', 'recipient-refused/suppressed'])
    assert.ok(!isSuppressing(other), other);
  assert.ok(isSignInRefusal('needs-sign-in/app-password') && isSignInRefusal('needs-sign-in'));
  assert.ok(!isSignInRefusal('needs-sign-in-no') && !isSignInRefusal(null));
});

describe('an error of ours', () => {
  const ours: [MailError, 'temporary' | 'permanent', Reason, string][] = [
    [new MailError('dns', 'x'), 'temporary', 'dns', '4.4.3'],
    [new MailError('host-not-allowed', 'x'), 'temporary', 'host-not-allowed', '4.4.4'],
    [new MailError('needs-sign-in', 'x'), 'temporary', 'needs-sign-in', '4.7.0'],
    [new MailError('internal', 'x'), 'temporary', 'internal', '4.0.0'],
    [
      new MailError('recipient-refused', 'x', { reason: 'null-mx', status: '5.1.10' }),
      'permanent',
      'recipient-refused/null-mx',
      '5.1.10',
    ],
  ];
  for (const [error, outcome, reason, enhanced] of ours) {
    test(`${error.code} ${error.reason ?? ''}`, () => {
      const found = classifyError(error);
      assert.deepEqual([found.outcome, found.reason, found.enhanced], [outcome, reason, enhanced]);
    });
  }
});
