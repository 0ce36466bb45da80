import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOUR, MINUTE, SECOND } from '../../common/time.ts';
import { decideAccountState } from '../../profile-server/account/account-state.ts';
import {
  addJitter,
  backOff,
  decideCheckTiming,
  decideTiming,
} from '../../profile-server/schedule/back-off.ts';
import type { PollResult } from '../../profile-server/schedule/poll-result.ts';
import type { PollRecord } from '../../profile-server/schedule/poll-store.ts';
import { NOW, POLL, failure } from './sample-poll.ts';
import { decideLeast } from '../../profile-server/schedule/provider-manners.ts';
import { judgeTaking } from '../../profile-server/schedule/take-leases.ts';

test('back-off doubles and ends at six hours, never below the interval', () => {
  const table: [number, number, number][] = [
    [300, 0, 5 * MINUTE],
    [300, 1, 10 * MINUTE],
    [300, 3, 40 * MINUTE],
    [300, 10, 6 * HOUR],
    [60, 400, 6 * HOUR],
    [86_400, 3, 24 * HOUR],
  ];
  for (const [interval, fails, wait] of table)
    assert.equal(backOff(interval, fails), wait, `${interval} ${fails}`);
  assert.equal(addJitter(1000, 0), 1000);
  assert.equal(addJitter(1000, 1), 1100);
});

interface Row {
  name: string;
  before?: Partial<PollRecord>;
  /** Null: it went well. */
  code: string | null;
  retry?: number;
  after: object;
}

function resultOf({ code, retry }: Row): PollResult {
  if (code === null) return { ok: true, new: 1, bytes: 1, messages: 1 };
  return failure(code, { retryAfter: retry ?? null });
}

describe('what the result of a poll means', () => {
  const table: Row[] = [
    {
      name: 'success',
      code: null,
      before: { fails: 4, failing_since: 1, error: '{}' },
      after: {
        next_at: NOW + 5 * MINUTE,
        fails: 0,
        failing_since: null,
        needs_sign_in: 0,
        error: null,
        last_success: NOW,
      },
    },
    {
      name: 'first failure',
      code: 'timeout',
      after: {
        next_at: NOW + 10 * MINUTE,
        fails: 1,
        failing_since: NOW,
        needs_sign_in: 0,
      },
    },
    {
      name: 'third failure keeps its beginning',
      code: 'dropped',
      before: { fails: 2, failing_since: 5 },
      after: {
        next_at: NOW + 40 * MINUTE,
        fails: 3,
        failing_since: 5,
      },
    },
    { name: 'the server names a time', code: 'server-error', retry: 3600, after: { next_at: NOW + HOUR } },
    { name: 'password refused', code: 'auth-failed', after: { next_at: null, needs_sign_in: 1, fails: 1 } },
    { name: 'needs the user', code: 'needs-sign-in', after: { next_at: null, needs_sign_in: 1 } },
    {
      name: 'in use is no failure',
      code: 'in-use',
      after: { next_at: NOW + MINUTE, fails: 0, failing_since: null },
    },
    { name: 'login delay', code: 'login-delay', retry: 900, after: { next_at: NOW + 15 * MINUTE, fails: 0 } },
    {
      name: 'our own disk is full',
      code: 'disk-full',
      before: { fails: 5, failing_since: 5 },
      after: { next_at: NOW + 5 * MINUTE, fails: 6, failing_since: 5, needs_sign_in: 0 },
    },
    {
      name: 'internal error',
      code: 'internal',
      after: { next_at: NOW + 10 * MINUTE, fails: 1, needs_sign_in: 0 },
    },
  ];
  for (const row of table) {
    test(row.name, () => {
      const timing = decideTiming({ ...POLL, ...row.before }, resultOf(row), NOW, 0);
      assert.partialDeepStrictEqual(timing, row.after);
    });
  }
});

test('the state of an account', () => {
  const table: [Partial<PollRecord> | null, string][] = [
    [null, 'paused'],
    [{ last_success: null }, 'new'],
    [{ last_success: null, next_at: NOW - HOUR }, 'new'],
    [{}, 'ok'],
    [{ next_at: NOW - 4 * MINUTE }, 'ok'],
    [{ next_at: NOW - 6 * MINUTE }, 'late'],
    [{ wait_seconds: 60, next_at: NOW - 90 * SECOND }, 'ok'],
    [{ fails: 1 }, 'failing'],
    [{ fails: 1, last_success: null }, 'failing'],
    [{ fails: 1, needs_sign_in: 1, next_at: null }, 'needs-sign-in'],
    [{ next_at: null }, 'paused'],
    [{ paused: 1, fails: 3, needs_sign_in: 1, next_at: null }, 'paused'],
  ];
  for (const [change, state] of table) {
    const poll = change === null ? null : { ...POLL, ...change };
    assert.equal(decideAccountState(poll, NOW), state, JSON.stringify(change));
  }
});

test('what may be checked now', () => {
  const poll = { account: 'acc_1', needs_sign_in: 0, allowed_at: null };
  assert.equal(judgeTaking(poll, 'check', NOW), null);
  assert.equal(judgeTaking(poll, 'test', NOW), null);
  assert.equal(judgeTaking({ ...poll, allowed_at: NOW }, 'check', NOW), null);
  const webde = { ...poll, allowed_at: NOW + 7 * MINUTE };
  assert.deepEqual(judgeTaking(webde, 'check', NOW), { account: 'acc_1', code: 'too-soon', retryAfter: 420 });
  assert.equal(judgeTaking({ ...poll, needs_sign_in: 1 }, 'check', NOW)?.code, 'needs-sign-in');
  assert.equal(judgeTaking({ ...poll, needs_sign_in: 1 }, 'test', NOW), null);
  assert.equal(decideLeast('pop3.web.de', 60), 720);
  assert.equal(decideLeast('pop.example.org', 60), 60);
});

describe('what a check means that a person asked for before the poll was due', () => {
  const DUE = NOW + 3 * MINUTE;
  const table: Row[] = [
    { name: 'success', code: null, after: { next_at: NOW + 5 * MINUTE, fails: 0 } },
    {
      name: 'a failure: it is due when it was',
      code: 'timeout',
      after: { next_at: DUE, fails: 1, failing_since: NOW },
    },
    {
      name: 'again and again while it is backed off',
      code: 'connect-refused',
      before: { fails: 2, failing_since: 5 },
      after: { next_at: DUE, fails: 2, failing_since: 5 },
    },
    {
      name: 'right before it is due: a minute of rest',
      code: 'dropped',
      before: { next_at: NOW + 2 * SECOND },
      after: { next_at: NOW + MINUTE, fails: 1 },
    },
    {
      name: 'the server names a later time',
      code: 'server-error',
      retry: 3600,
      after: { next_at: NOW + HOUR },
    },
    {
      name: 'the provider’s gap holds',
      code: 'server-error',
      before: { login_gap: 720 },
      after: { next_at: NOW + 12 * MINUTE, fails: 1 },
    },
    {
      name: 'due already: it is as any poll',
      code: 'timeout',
      before: { next_at: NOW, fails: 2 },
      after: { next_at: NOW + 40 * MINUTE, fails: 3 },
    },
    { name: 'password refused', code: 'auth-failed', after: { next_at: null, needs_sign_in: 1 } },
    { name: 'in use is no failure', code: 'in-use', after: { next_at: NOW + MINUTE, fails: 0 } },
    {
      name: 'paused by the user',
      code: 'timeout',
      before: { paused: 1, next_at: null },
      after: { next_at: null },
    },
  ];
  for (const row of table) {
    test(row.name, () => {
      const poll = { ...POLL, next_at: DUE, ...row.before };
      assert.partialDeepStrictEqual(decideCheckTiming(poll, resultOf(row), NOW, 0), row.after);
    });
  }
});
