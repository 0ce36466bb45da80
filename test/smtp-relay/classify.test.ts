import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { classifyError, classifyReply, type Reason } from '../../smtp-relay/transport/classify.ts';
import { REPLY_RULES, type Stage } from '../../smtp-relay/transport/reply-rules.ts';

describe('every rule', () => {
  for (const rule of REPLY_RULES) {
    test(`reads its example: ${rule.example.slice(0, 60)}`, () => {
      const found = classifyReply(rule.example, rule.stage);
      const first = REPLY_RULES.find(
        (candidate) =>
          (candidate.stages?.includes(rule.stage) ?? true) && candidate.pattern.test(rule.example),
      );
      assert.equal(first, rule, 'an earlier rule takes its example away');
      assert.equal(found.reason, rule.reason);
      const setUp = rule.stage === 'login' || rule.stage === 'session';
      assert.equal(found.outcome, setUp ? 'temporary' : rule.outcome);
    });
  }
});

const CASES: readonly [string, Stage, 'temporary' | 'permanent', Reason, number | null, string][] = [
  ['451 4.7.1 Greylisting in action', 'recipient', 'temporary', 'server-error', 451, '4.7.1'],
  ['450 4.2.2 mailbox full', 'recipient', 'temporary', 'quota', 450, '4.2.2'],
  ['421 too many connections', 'session', 'temporary', 'server-error', 421, '4.0.0'],
  ['554 5.7.1 no mail from you', 'session', 'temporary', 'server-error', 554, '4.7.1'],
  ['535 5.7.8 wrong', 'login', 'temporary', 'needs-sign-in', 535, '4.7.8'],
  ['454 4.7.0 try later', 'login', 'temporary', 'server-error', 454, '4.7.0'],
  ['554 5.7.1 looks like spam', 'data', 'permanent', 'server-error', 554, '5.7.1'],
  ['550 no', 'data', 'permanent', 'server-error', 550, '5.0.0'],
  ['503 5.5.1 bad sequence', 'data', 'temporary', 'server-error', 503, '4.5.1'],
  [
    '550-5.1.1 The email account\n550-5.1.1 does not exist\n550 5.1.1 see help',
    'recipient',
    'permanent',
    'recipient-refused',
    550,
    '5.1.1',
  ],
  ['550 4.1.1 class and code contradict', 'recipient', 'permanent', 'recipient-refused', 550, '5.0.0'],
  ['what is this', 'recipient', 'temporary', 'protocol', null, '4.5.0'],
  ['', 'data', 'temporary', 'protocol', null, '4.5.0'],
  ['354 go on', 'data', 'temporary', 'server-error', 354, '4.0.0'],
];

describe('a reply', () => {
  for (const [reply, stage, outcome, reason, code, enhanced] of CASES) {
    test(`${JSON.stringify(reply)} at ${stage}`, () => {
      const { serverLine, ...found } = classifyReply(reply, stage);
      assert.deepEqual(found, { outcome, reason, code, enhanced });
      assert.ok(!serverLine?.includes('\n'));
    });
  }

  test('is kept without control characters and no longer than 500', () => {
    const { serverLine } = classifyReply(`550 5.1.1 a\u0007b${'x'.repeat(2000)}`, 'recipient');
    assert.equal(serverLine?.length, 500);
    assert.ok(serverLine.startsWith('550 5.1.1 a bx'));
  });
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
