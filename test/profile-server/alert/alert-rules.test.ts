import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ALERT_KINDS, ALERT_THRESHOLDS, type AlertMessage } from '../../../common/shapes/alert.ts';
import { DAY, HOUR, MINUTE, SECOND, formatTime } from '../../../common/time.ts';
import { writeAlertText } from '../../../profile-server/alert/alert-texts.ts';
import { compareAlerts, judgeAlerts, type Watched } from '../../../profile-server/alert/judge-alerts.ts';
import { checkWebhookUrl, pauseAfter, signWebhook } from '../../../profile-server/alert/webhook.ts';
import { codeOf } from '../sample.ts';
import { NOW } from '../sample-poll.ts';

const RULES = ALERT_KINDS.map((kind) => ({ kind, enabled: true, threshold: ALERT_THRESHOLDS[kind].usual }));
const HOME = {
  id: 'storage_1',
  kind: 'storage-server',
  url: 'http://home',
  state: 'active',
  last_seen: NOW - SECOND,
  created_at: NOW - 90 * DAY,
} as const;
const RELAY = { ...HOME, id: 'relay_1', kind: 'smtp-relay' } as const;
const FACTS = {
  part: 'storage_1',
  at: NOW - SECOND,
  disk: { free: 50, total: 100 },
  queue: null,
  mails: 10,
  backup: formatTime(NOW - HOUR),
};
const QUEUE = { ...FACTS, part: 'relay_1', mails: null, backup: null };
const WELL: Watched = { providers: [], parts: [HOME, RELAY], facts: [FACTS], auditBrokenAt: null };
const waiting = (minutes: number) => ({
  waiting: 4,
  deferred: 2,
  held: 0,
  oldest: formatTime(NOW - minutes * MINUTE),
});
const provider = { provider: 'uni', name: 'Uni', accounts: 10, failing: 0, late: 0 };

describe('what alerts say', () => {
  const judge = (watched: Partial<Watched>, open: string[] = []) =>
    judgeAlerts({ ...WELL, ...watched }, RULES, (kind, subject) => open.includes(`${kind} ${subject}`), NOW)
      .filter(({ state }) => state !== 'good')
      .map(({ kind, subject, state }) => `${kind} ${subject} ${state}`);
  const table: [string, string[], Partial<Watched>, string[]?][] = [
    ['all is well', [], {}],
    [
      'three of ten accounts fail',
      ['provider-failing uni bad'],
      { providers: [{ ...provider, failing: 3 }] },
    ],
    ['two of ten do not', [], { providers: [{ ...provider, failing: 2 }] }],
    ['late ones count too', ['provider-failing uni bad'], { providers: [{ ...provider, late: 3 }] }],
    ['three of four are too few accounts', [], { providers: [{ ...provider, accounts: 4, failing: 3 }] }],
    [
      'an open one lasts until clearly less fail',
      ['provider-failing uni bad'],
      { providers: [{ ...provider, accounts: 12, failing: 3 }] },
      ['provider-failing uni'],
    ],
    [
      'a part is silent',
      ['part-silent relay_1 bad'],
      { parts: [HOME, { ...RELAY, last_seen: NOW - 6 * MINUTE }] },
    ],
    ['one that was shut out may be', [], { parts: [{ ...HOME, state: 'shut-out', last_seen: 1 }] }],
    ['mail waits for long', ['queue-old relay_1 bad'], { facts: [{ ...QUEUE, queue: waiting(241) }] }],
    ['mail waits', [], { facts: [{ ...QUEUE, queue: waiting(239) }] }],
    [
      'a disk is nearly full',
      ['disk-low storage_1 bad'],
      { facts: [{ ...FACTS, disk: { free: 9, total: 100 } }] },
    ],
    [
      'an open disk alert has a margin',
      ['disk-low storage_1 bad'],
      { facts: [{ ...FACTS, disk: { free: 11, total: 100 } }] },
      ['disk-low storage_1'],
    ],
    [
      'the own disk too',
      ['disk-low profile bad'],
      { facts: [{ ...FACTS, part: 'profile', disk: { free: 1, total: 100 } }] },
    ],
    [
      'facts of a part that is gone say nothing',
      [],
      { facts: [{ ...FACTS, part: 'gone', disk: { free: 1, total: 100 } }] },
    ],
    [
      'old facts say nothing of now',
      ['disk-low storage_1 unknown', 'backup-old storage_1 unknown'],
      { facts: [{ ...FACTS, at: NOW - 6 * MINUTE }] },
    ],
    [
      'the last backup is old',
      ['backup-old storage_1 bad'],
      { facts: [{ ...FACTS, backup: formatTime(NOW - 3 * DAY) }] },
    ],
    ['there was never one', ['backup-old storage_1 bad'], { facts: [{ ...FACTS, backup: null }] }],
    ['an empty home needs none', [], { facts: [{ ...FACTS, mails: 0, backup: null }] }],
    [
      'a new home has time',
      [],
      { parts: [{ ...HOME, created_at: NOW - DAY }, RELAY], facts: [{ ...FACTS, backup: null }] },
    ],
    ['the log was changed', ['audit-broken audit bad'], { auditBrokenAt: 7 }],
    ['nobody has looked at the log', ['audit-broken audit unknown'], { auditBrokenAt: undefined }],
  ];
  for (const [name, expected, watched, open] of table) {
    it(name, () => assert.deepEqual(judge(watched, open), expected));
  }

  it('rules that are off say nothing', () => {
    const off = RULES.map((rule) => ({ ...rule, enabled: false }));
    assert.deepEqual(
      judgeAlerts({ ...WELL, auditBrokenAt: 1 }, off, () => false, NOW),
      [],
    );
  });

  it('begin once, end when it is good or nobody watches it, and stay while nothing is known', () => {
    const verdict = (subject: string, state: 'bad' | 'good' | 'unknown') =>
      ({ kind: 'disk-low', subject, state, detail: {} }) as const;
    const open = ['a', 'b', 'c', 'd'].map((subject) => ({ id: subject, kind: 'disk-low', subject }) as const);
    const { begin, end } = compareAlerts(open, [
      verdict('a', 'bad'),
      verdict('b', 'good'),
      verdict('c', 'unknown'),
      verdict('e', 'bad'),
      verdict('f', 'good'),
      verdict('g', 'unknown'),
    ]);
    assert.deepEqual(
      begin.map(({ subject }) => subject),
      ['e'],
    );
    assert.deepEqual(
      end.map(({ subject }) => subject),
      ['b', 'd'],
    );
  });
});

describe('a webhook', () => {
  it('is signed over time and body', () => {
    // By openssl: printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
    const expected = 'sha256=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163';
    const signed = signWebhook('secret', 1_700_000_000, '{}');
    assert.equal(signed, expected);
    assert.notEqual(signed, signWebhook('secret', 1_700_000_001, '{}'));
    assert.notEqual(signed, signWebhook('other', 1_700_000_000, '{}'));
  });
  it('goes by https, or to this machine', () => {
    const code = (url: string): string => codeOf(() => checkWebhookUrl(url));
    assert.equal(code('https://hooks.example/x'), 'none');
    assert.equal(code('http://127.0.0.1:9/x'), 'none');
    assert.equal(code('http://hooks.example/x'), 'invalid/webhook-address');
    assert.equal(code('https://user:pass@hooks.example/x'), 'invalid/webhook-address');
  });
  it('is tried again after longer and longer pauses', () => {
    assert.deepEqual([1, 2, 3, 8, 20].map(pauseAfter), [30 * SECOND, MINUTE, 2 * MINUTE, HOUR, HOUR]);
  });
});

describe('the mail about an alert', () => {
  for (const kind of ALERT_KINDS) {
    it(`${kind} has no empty place in either language`, () => {
      const detail = {
        name: 'Uni',
        troubled: 3,
        accounts: 10,
        percent: 30,
        part: 'smtp-relay',
        minutes: 7,
        waiting: 2,
        days: 3,
        entry: 5,
        last: 'x',
      };
      const alert = { id: 'alert_1', kind, subject: 'relay_1', detail, openedAt: 'A', resolvedAt: 'B' };
      const message: AlertMessage = { event: 'resolved', server: 'https://mail.example', alert };
      const texts = (['en', 'es'] as const).map((language) => writeAlertText(message, language));
      for (const { subject, text } of texts) assert.doesNotMatch(subject + text, /undefined|null|NaN/);
      assert.notEqual(texts[0]?.subject, texts[1]?.subject);
    });
  }
});
