import assert from 'node:assert/strict';
import test from 'node:test';
import { DAY, formatTime } from '../../../common/time.ts';
import { matchReport, type SentCase } from '../../../storage-server/report/match-report.ts';
import { mergeReport } from '../../../storage-server/report/merge-report.ts';
import type { Report, ReportedRecipient } from '../../../storage-server/report/report.ts';
import {
  isNewFailure,
  mergeNews,
  showRecipient,
} from '../../../storage-server/sending/status/merge-status.ts';
import {
  makeRecipient,
  type StoredRecipient,
} from '../../../storage-server/sending/status/recipient-store.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

function makeReported(change: Partial<ReportedRecipient> = {}): ReportedRecipient {
  return {
    addresses: ['bob@y.test'],
    action: 'failed',
    enhanced: '5.1.1',
    code: 550,
    host: 'mx.y.test',
    line: '550 5.1.1 no such user',
    lastAttempt: null,
    until: null,
    ...change,
  };
}

function makeCase(change: Partial<Report>, recipients: string[], sent: Partial<SentCase> = {}) {
  const report: Report = {
    envelopeId: null,
    queueIds: [],
    messageIds: [],
    recipients: [makeReported()],
    mentioned: [],
    ...change,
  };
  const known: SentCase = {
    mail: 'm1',
    sendKey: 'snd_secret',
    messageId: '<sent@work.test>',
    queueId: 'queue_1',
    state: 'taken',
    recipients: recipients.map((address) => ({ ...makeRecipient(address), state: 'accepted' as const })),
    ...sent,
  };
  return matchReport(report, known).map(({ address }) => address);
}

const BOTH = ['bob@y.test', 'eve@y.test'];
const byId = { messageIds: ['<sent@work.test>'] };
const bySecret = { envelopeId: 'snd_secret' };
const elsewhere = [makeReported({ addresses: ['bob.private@z.test'] })];
const accepted = (address: string): StoredRecipient => ({ ...makeRecipient(address), state: 'accepted' });

test('whom a notification is about', () => {
  const cases: [string, string[], string[]][] = [
    ['its Message-ID and its recipient', makeCase(byId, BOTH), ['bob@y.test']],
    ['its envelope id and its recipient', makeCase(bySecret, BOTH), ['bob@y.test']],
    ['the relay’s id and its recipient', makeCase({ queueIds: ['queue_1'] }, BOTH), ['bob@y.test']],
    ['only a recipient', makeCase({}, BOTH), []],
    [
      'another mail’s ids',
      makeCase({ messageIds: ['<other@work.test>'], envelopeId: 'snd_other' }, BOTH),
      [],
    ],
    ['no relay’s id yet', makeCase({ queueIds: ['queue_1'] }, BOTH, { queueId: null }), []],
    ['somebody to whom it was not sent', makeCase(byId, ['eve@y.test', 'ed@y.test']), []],
    ['the same address in other letters', makeCase(byId, ['Bob@Y.test']), ['Bob@Y.test']],
    [
      'a domain in letters, sent in ASCII',
      makeCase({ ...byId, recipients: [makeReported({ addresses: ['bob@bücher.test'] })] }, [
        'bob@xn--bcher-kva.test',
      ]),
      ['bob@xn--bcher-kva.test'],
    ],
    [
      'passed on, known by the secret',
      makeCase({ ...bySecret, recipients: elsewhere }, ['bob@y.test']),
      ['bob@y.test'],
    ],
    ['passed on, but two are possible', makeCase({ ...bySecret, recipients: elsewhere }, BOTH), []],
    [
      'passed on, and its text names one of them',
      makeCase({ ...byId, recipients: elsewhere, mentioned: ['eve@y.test', 'postmaster@y.test'] }, BOTH),
      ['eve@y.test'],
    ],
    [
      'passed on, known by an id that others know too',
      makeCase({ ...byId, recipients: elsewhere }, ['bob@y.test']),
      [],
    ],
    ['a mail that waits for its time', makeCase(bySecret, BOTH, { state: 'waiting' }), []],
    ['a mail that was taken back', makeCase(bySecret, BOTH, { state: 'cancelled' }), []],
    ['a mail that no relay took', makeCase(bySecret, BOTH, { state: 'refused' }), []],
    [
      'a recipient whose part was cancelled',
      makeCase(byId, [], { recipients: [{ ...makeRecipient('bob@y.test'), state: 'cancelled' }] }),
      [],
    ],
  ];
  for (const [name, found, expected] of cases) assert.deepEqual(found, expected, name);
});

test('what a notification makes of a recipient', () => {
  const merge = (before: Partial<StoredRecipient>, reported: Partial<ReportedRecipient>) =>
    mergeReport(
      { ...accepted('bob@y.test'), host: 'smtp.provider.test', ...before },
      makeReported(reported),
      {
        mail: 'dsn',
        received: NOW,
      },
    );
  const failed = merge({}, {});
  assert.deepEqual(
    [failed?.state, failed?.reason, failed?.host, failed?.serverLine, failed?.report, failed?.lastAttempt],
    [
      'failed',
      'recipient-refused/unknown-user',
      'mx.y.test',
      '550 5.1.1 no such user',
      'dsn',
      formatTime(NOW),
    ],
  );
  assert.equal(merge({}, { enhanced: '5.9.9', line: null })?.reason, 'recipient-refused/reported');
  const known = merge({ state: 'failed', reason: 'recipient-refused/spam' }, {});
  assert.deepEqual(
    [known?.reason, known?.report],
    ['recipient-refused/spam', 'dsn'],
    'the relay knew it before',
  );
  const late = merge({}, { action: 'delayed', enhanced: '4.4.1', until: NOW + DAY });
  assert.deepEqual(
    [late?.state, late?.reason, late?.nextTry],
    ['deferred', 'server-error/reported-delay', null],
  );
  assert.equal(showRecipient(late!, NOW + DAY - 1).state, 'deferred');
  assert.equal(showRecipient(late!, NOW + DAY + 1).state, 'accepted', 'it did not fail in that time');
  assert.equal(showRecipient(merge({}, { action: 'delayed' })!, NOW + 4 * DAY).state, 'deferred');
  const there = merge({ state: 'deferred', until: NOW }, { action: 'delivered', lastAttempt: NOW - 1000 });
  assert.deepEqual([there?.state, there?.deliveredAt], ['accepted', formatTime(NOW - 1000)]);
  assert.equal(
    merge({ deliveredAt: formatTime(NOW) }, { action: 'delayed' }),
    null,
    'a delay that came late',
  );
  assert.equal(merge({ state: 'failed' }, { action: 'delivered' })?.state, 'failed');
  assert.equal(merge({}, { action: 'relayed' })?.deliveredAt, undefined, 'it may still fail');
  for (const state of ['held', 'cancelled'] as const) assert.equal(merge({ state }, {}), null, state);
  assert.ok(isNewFailure(accepted('a@y.test'), failed!));
  assert.ok(!isNewFailure(failed!, failed!), 'only once');
});

test('what the relay tells after a notification came', () => {
  const before = mergeReport(accepted('bob@y.test'), makeReported(), { mail: 'dsn', received: NOW })!;
  const news = { ...accepted('BOB@y.test'), host: 'smtp.provider.test', tls: 'TLSv1.3', attempts: 2 };
  const older = mergeNews(before, { ...news, lastAttempt: formatTime(NOW - 1000) });
  assert.deepEqual(
    [older.state, older.host, older.tls, older.attempts, older.address],
    ['failed', 'mx.y.test', 'TLSv1.3', 2, 'bob@y.test'],
    'its news are of before',
  );
  const newer = mergeNews(before, { ...news, lastAttempt: formatTime(NOW + 1000) });
  assert.deepEqual([newer.state, newer.report], ['accepted', 'dsn'], 'the relay tried again and did it');
});
