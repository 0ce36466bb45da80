import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountProblem } from '../../../common/shapes/account.ts';
import type { TimelineEntry } from '../../../common/shapes/timeline.ts';
import { fillDays, joinEntries, scaleTop } from '../../../desktop/renderer/account/history/join-entries.ts';
import { decideStrip } from '../../../desktop/renderer/mail/list/strip-rule.ts';
import { formatSpan } from '../../../desktop/renderer/text/format-more.ts';

const problem = (code: string, serverLine: string | null = null): AccountProblem => ({
  code,
  message: '',
  serverLine,
});
const entry = (from: number, to: number, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  from: new Date(from * 60_000).toISOString(),
  to: new Date(to * 60_000).toISOString(),
  polls: 1,
  new: 0,
  bytes: 0,
  error: null,
  ...more,
});

describe('the history of an account', () => {
  it('joins what went alike across pages, and nothing else', () => {
    const timeout = problem('timeout');
    const joined = joinEntries([
      entry(90, 100, { polls: 3 }),
      entry(70, 80, { polls: 4 }),
      entry(60, 60, { new: 2, bytes: 900 }),
      entry(50, 50, { new: 1, bytes: 100 }),
      entry(40, 45, { error: timeout, polls: 2 }),
      entry(30, 35, { error: timeout, polls: 5 }),
      entry(20, 25, { error: problem('timeout', '-ERR late') }),
      entry(10, 15),
    ]);
    assert.deepEqual(
      joined.map(({ polls, new: mails, error }) => [polls, mails, error?.code ?? null]),
      [
        [7, 0, null],
        [1, 2, null],
        [1, 1, null],
        [7, 0, 'timeout'],
        [1, 0, 'timeout'],
        [1, 0, null],
      ],
    );
    assert.equal(joined[0]?.from, entry(70, 0).from);
    assert.equal(joined[0]?.to, entry(0, 100).to);
  });
  it('has a bar for every day, also for those without mail', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    const days = fillDays([{ day: '2026-02-28', mails: 3, bytes: 10 }], now, 4);
    assert.deepEqual(
      days.map(({ day, mails }) => [day, mails]),
      [
        ['2026-02-27', 0],
        ['2026-02-28', 3],
        ['2026-03-01', 0],
        ['2026-03-02', 0],
      ],
    );
  });
  it('has a scale with round numbers that holds the highest bar', () => {
    const table = [0, 1, 2, 3, 7, 9, 11, 39, 41, 100, 114, 151, 1001].map((most) => scaleTop(most));
    assert.deepEqual(table, [2, 2, 2, 4, 8, 10, 15, 40, 60, 100, 150, 200, 1500]);
  });
  it('names a day only where it is not clear', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    const span = (from: string, to: string) => formatSpan(from, to, now, 'es', 'UTC');
    assert.deepEqual(span('2026-11-21T08:00:00Z', '2026-11-21T09:30:00Z'), ['8:00', '9:30']);
    assert.deepEqual(span('2026-11-18T08:00:00Z', '2026-11-18T09:30:00Z'), ['18 nov, 8:00', '9:30']);
    assert.deepEqual(span('2026-11-20T08:00:00Z', '2026-11-21T09:30:00Z'), ['20 nov, 8:00', '21 nov, 9:30']);
    assert.equal(span('2026-11-21T08:00:00Z', '2026-11-21T08:00:00Z')[1], '8:00');
    assert.equal(span('2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z')[1], '20 nov, 8:00');
  });
});

describe('what the inbox says of an account', () => {
  const table: [string | null, Parameters<typeof decideStrip>][] = [
    [
      'import',
      [
        { state: 'new', lastSuccess: null, error: null },
        { phase: 'retrieving', total: 9800 },
      ],
    ],
    [
      null,
      [
        { state: 'new', lastSuccess: null, error: null },
        { phase: 'listing', total: null },
      ],
    ],
    [
      null,
      [
        { state: 'ok', lastSuccess: 'x', error: null },
        { phase: 'retrieving', total: 12 },
      ],
    ],
    [
      'import',
      [
        { state: 'ok', lastSuccess: 'x', error: null },
        { phase: 'retrieving', total: 800 },
      ],
    ],
    ['sign-in', [{ state: 'needs-sign-in', lastSuccess: 'x', error: null }, undefined]],
    [
      'password',
      [
        {
          state: 'needs-sign-in',
          lastSuccess: null,
          error: { ...problem('needs-sign-in'), reason: 'layer-password' },
        },
        undefined,
      ],
    ],
    ['paused', [{ state: 'paused', lastSuccess: null, error: null }, undefined]],
    [null, [{ state: 'paused', lastSuccess: 'x', error: null }, undefined]],
    [null, [{ state: 'failing', lastSuccess: null, error: null }, undefined]],
    [null, [{ state: 'ok', lastSuccess: 'x', error: null }, undefined]],
  ];
  for (const [wanted, [account, running]] of table) {
    it(`${account.state} ${running?.phase ?? ''} ${running?.total ?? ''}: ${wanted}`, () =>
      assert.equal(decideStrip(account, running), wanted));
  }
});
