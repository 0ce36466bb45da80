import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOUR, MINUTE, SECOND } from '../../common/time.ts';
import { decideNextAllowed } from '../../profile-server/account/account-state.ts';
import { decideInterval } from '../../profile-server/schedule/adaptive-interval.ts';
import { applySettings } from '../../profile-server/schedule/apply-settings.ts';
import { decideTestTiming, decideTiming } from '../../profile-server/schedule/back-off.ts';
import { chooseAtHost, countPlaces, takeTurns } from '../../profile-server/schedule/choose-due.ts';
import { DueHosts } from '../../profile-server/schedule/due-hosts.ts';
import type { DuePoll } from '../../profile-server/schedule/due-store.ts';
import { growRun, readRun } from '../../profile-server/schedule/grow-run.ts';
import { learnLoginGap } from '../../profile-server/schedule/login-gap.ts';
import { decideGap, decideLeast, findMostSessions } from '../../profile-server/schedule/provider-manners.ts';
import { GOOD, NOW, POLL, failure } from './sample-poll.ts';

test('an adaptive interval: the smallest while mail comes, longer in steps, never under the bound', () => {
  const table: [least: number, quiet: number | null, interval: number][] = [
    [60, 0, 60],
    [60, 15 * MINUTE, 60],
    [60, 16 * MINUTE, 120],
    [60, 40 * MINUTE, 240],
    [60, 30 * 24 * HOUR, 480],
    [300, 79 * MINUTE, 300],
    [300, 80 * MINUTE, 600],
    [300, 30 * 24 * HOUR, 2400],
    [720, 30 * 24 * HOUR, 3600],
    [1800, 30 * 24 * HOUR, 3600],
    [7200, 30 * 24 * HOUR, 7200],
    [300, null, 300],
  ];
  for (const [least, quiet, interval] of table) {
    const lastMail = quiet === null ? null : NOW - quiet;
    assert.equal(decideInterval({ least, adaptive: true, lastMail }, NOW), interval, `${least} ${quiet}`);
    assert.equal(decideInterval({ least, adaptive: false, lastMail }, NOW), least, 'fixed by the user');
  }
});

test('what the provider demands stands above what the user wishes', () => {
  assert.equal(decideLeast('pop3.web.de', 60), 720);
  assert.equal(decideLeast('pop3.web.de', 3600), 3600);
  assert.equal(decideGap({ host: 'pop3.web.de', login_gap: 60 }), 720);
  assert.equal(decideGap({ host: 'pop.example.org', login_gap: 60 }), 60);
  assert.equal(findMostSessions('pop.example.org'), 8);
  const adaptive = { ...POLL, host: 'pop3.web.de', least_seconds: 720, wait_seconds: 3600, adaptive: 1 };
  const timing = decideTiming(adaptive, { ...GOOD, new: 2 }, NOW, 0);
  assert.deepEqual([timing.wait_seconds, timing.next_at], [720, NOW + 720 * SECOND]);
  assert.equal(timing.allowed_at, NOW + 720 * SECOND);
});

test('what a server wants between sign-ins is learned from its capability and from its refusals', () => {
  const before = { login_gap: 0, last_poll: NOW - 100 * SECOND };
  const table: [string, Parameters<typeof learnLoginGap>[0], Parameters<typeof learnLoginGap>[1], number][] =
    [
      ['says nothing', { ...before, login_gap: 90 }, GOOD, 90],
      ['LOGIN-DELAY 900', before, { ...GOOD, loginDelay: 900 }, 900],
      ['less than before', { ...before, login_gap: 900 }, { ...GOOD, loginDelay: 60 }, 60],
      ['refused with a number', before, failure('login-delay', { retryAfter: 600 }), 600],
      ['refused with less than is known', { ...before, login_gap: 900 }, failure('login-delay'), 900],
      ['refused without a number: twice what had passed', before, failure('login-delay'), 200],
      ['refused at once', { ...before, last_poll: NOW - SECOND }, failure('login-delay'), 60],
      ['refused after hours', { ...before, last_poll: NOW - 9 * HOUR }, failure('login-delay'), 1800],
      ['another failure', before, failure('timeout'), 0],
    ];
  for (const [name, poll, result, gap] of table) assert.equal(learnLoginGap(poll, result, NOW), gap, name);
});

describe('what was learned holds for the next polls and for "check now"', () => {
  test('after a sign-in', () => {
    const timing = decideTiming(POLL, { ...GOOD, loginDelay: 900 }, NOW, 0);
    assert.equal(timing.next_at, NOW + 900 * SECOND);
    assert.equal(decideNextAllowed(timing, NOW), NOW + 900 * SECOND);
    assert.equal(decideNextAllowed(timing, NOW + 900 * SECOND), null);
  });
  test('a maildrop in use is tried soon, but not sooner than is allowed', () => {
    assert.equal(decideTiming(POLL, failure('in-use'), NOW, 0).next_at, NOW + MINUTE);
    const slow = { ...POLL, login_gap: 900 };
    assert.equal(decideTiming(slow, failure('in-use'), NOW, 0).next_at, NOW + 900 * SECOND);
  });
  test('who did not get as far as signing in may try again', () => {
    // The lease has moved it already, in case its holder never reports.
    const slow = { ...POLL, login_gap: 900, allowed_at: NOW + 890 * SECOND };
    assert.equal(decideTiming(slow, failure('connect-refused'), NOW, 0).allowed_at, null);
    assert.equal(decideTiming(slow, failure('auth-failed'), NOW, 0).allowed_at, NOW + 900 * SECOND);
  });
  test('a provider that lists only some at a time is asked again at once, unless it wants time between', () => {
    const more = { ...GOOD, more: true };
    assert.equal(decideTiming(POLL, more, NOW, 1).next_at, NOW);
    assert.equal(decideTiming({ ...POLL, login_gap: 900 }, more, NOW, 1).next_at, NOW + 900 * SECOND);
  });
});

test('a paused account is never due by itself, whatever a check by hand brings', () => {
  const paused = { ...POLL, paused: 1, next_at: null };
  for (const result of [GOOD, failure('timeout'), failure('in-use'), failure('auth-failed')]) {
    assert.equal(decideTiming(paused, result, NOW, 0).next_at, null);
    assert.equal(decideTestTiming({ ...paused, needs_sign_in: 1 }, result, NOW).next_at, null);
  }
});

test('an edit: due at once, on the same maildrop as soon as the server allows', () => {
  const { maildrop, host, least_seconds, adaptive } = POLL;
  const settings = { maildrop, host, least_seconds, adaptive, paused: 0 };
  const before = { maildrop, login_gap: 900, allowed_at: NOW + MINUTE };
  assert.partialDeepStrictEqual(applySettings(before, settings, NOW), {
    wait_seconds: 900,
    next_at: NOW + MINUTE,
    login_gap: 900,
  });
  const moved = { ...settings, maildrop: 'other' };
  assert.partialDeepStrictEqual(applySettings(before, moved, NOW), {
    wait_seconds: 300,
    next_at: NOW,
    login_gap: 0,
    allowed_at: null,
  });
  assert.equal(applySettings(before, { ...settings, paused: 1 }, NOW).next_at, null);
});

test('polls that went alike are one run', () => {
  const steps: [result: Parameters<typeof growRun>[1], finished: object | null][] = [
    [GOOD, null],
    [GOOD, null],
    [
      { ...GOOD, new: 2, bytes: 100 },
      { seq: 1, polls: 2, mails: 0, error: null },
    ],
    [{ ...GOOD, new: 1, bytes: 50 }, null],
    [failure('timeout'), { seq: 2, polls: 2, mails: 3, bytes: 150, error: null }],
    [failure('timeout'), null],
    [failure('auth-failed', { serverLine: '-ERR no' }), { seq: 3, polls: 2 }],
    [failure('auth-failed', { serverLine: '-ERR never' }), { seq: 4, polls: 1 }],
    [
      { ...failure('dropped'), new: 7 },
      { seq: 5, polls: 1 },
    ],
    [GOOD, { seq: 6, polls: 1, mails: 7 }],
  ];
  let run: Parameters<typeof growRun>[0] = POLL;
  assert.equal(readRun(run), null);
  for (const [index, [result, finished]] of steps.entries()) {
    const grown = growRun(run, result, NOW + index);
    if (finished === null) assert.equal(grown.finished, null, `step ${index}`);
    else assert.partialDeepStrictEqual(grown.finished, finished);
    run = grown.run;
  }
  assert.partialDeepStrictEqual(readRun(run), { seq: 7, polls: 1, from_at: NOW + 9, to_at: NOW + 9 });
});

function due(account: string, change: Partial<DuePoll> = {}): DuePoll {
  const base = { account, user: account, maildrop: account, host: 'h', login_gap: 0, next_at: NOW - SECOND };
  return { ...base, ...change };
}

describe('who is polled next', () => {
  const none = { all: 0, users: new Map<string, number>() };
  test('at one host: those that have waited longest, of one user three at most', () => {
    const ana = { user: 'ana' };
    const polls = [due('a', ana), due('b', ana), due('c', ana), due('d', ana), due('e')];
    const later = due('z', { next_at: NOW + MINUTE });
    const choice = chooseAtHost([...polls, later], { now: NOW, places: 8, running: none });
    assert.deepEqual(
      choice.chosen.map(({ account }) => account),
      ['a', 'b', 'c', 'e'],
    );
    assert.deepEqual([choice.held, choice.next], [NOW - SECOND, NOW + MINUTE]);
    const running = { all: 2, users: new Map([['ana', 2]]) };
    assert.equal(chooseAtHost(polls, { now: NOW, places: 8, running }).chosen.length, 2);
    const full = chooseAtHost(polls, { now: NOW, places: 0, running: none });
    assert.deepEqual([full.chosen.length, full.held], [0, NOW - SECOND]);
  });
  test('a host that does not answer gets fewer places, and at least one', () => {
    const table: [running: number, troubles: number, places: number][] = [
      [0, 0, 8],
      [3, 0, 5],
      [9, 0, 0],
      [0, 1, 4],
      [0, 3, 1],
      [0, 50, 1],
      [1, 50, 0],
    ];
    for (const [running, troubles, places] of table) {
      assert.equal(countPlaces('pop.example.org', running, troubles), places, `${running} ${troubles}`);
    }
  });
  test('one of each host before a second of any', () => {
    const big = [0, 1, 2].map((n) => due(`big${n}`, { next_at: NOW - HOUR + n }));
    const turns = takeTurns([big, [due('small')], [due('tiny', { next_at: NOW })]], 4);
    assert.deepEqual(
      turns.map(({ account }) => account),
      ['big0', 'small', 'tiny', 'big1'],
    );
  });
  test('a host waits for a place until a session there ends', () => {
    const hosts = new DueHosts();
    hosts.tell('home', 'a', NOW - MINUTE);
    hosts.tell('home', 'b', NOW - HOUR);
    hosts.tell('home', 'b', NOW + HOUR);
    hosts.tell('home', 'c', NOW + HOUR);
    assert.deepEqual(hosts.list('home', NOW), ['b', 'a']);
    assert.deepEqual(hosts.list('other', NOW), []);
    hosts.set('home', 'b', { next: NOW + MINUTE, held: NOW - HOUR });
    hosts.set('home', 'a', { next: null, held: null });
    assert.deepEqual([hosts.list('home', NOW), hosts.findNext('home')], [[], NOW + MINUTE]);
    hosts.free('home', 'b');
    hosts.free('home', 'c');
    assert.deepEqual([hosts.list('home', NOW), hosts.findNext('home')], [['b'], NOW - HOUR]);
    for (let n = 0; n < 3; n++) hosts.note('b', 'silent');
    assert.equal(hosts.countTroubles('b'), 3);
    hosts.note('b', 'answered');
    assert.equal(hosts.countTroubles('b'), 0);
  });
});
