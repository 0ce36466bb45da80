import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../../common/errors.ts';
import { DAY, HOUR } from '../../../common/time.ts';
import { earnedTime } from '../../../storage-server/pop3/deadline.ts';
import { blamePipelining, judgeRepetition } from '../../../storage-server/pop3/known-server.ts';
import { DEFAULT_LIMITS } from '../../../storage-server/pop3/limits.ts';

/** How a pipelined session ended, replies in order to commands sent ahead, commands left open, and for how long it is lockstep. */
const ENDS: [ErrorCode, string | null, number, number, number][] = [
  ['protocol', 'garbage', 0, 3, 7 * DAY],
  ['protocol', 'unsolicited', 500, 0, 7 * DAY],
  ['protocol', 'bad-listing', 2, 0, 7 * DAY],
  ['protocol', 'no-uidl', 2, 0, 0],
  ['protocol', 'endless', 2, 4, 0],
  ['dropped', null, 0, 4, 7 * DAY],
  ['dropped', null, 15, 2, 7 * DAY],
  ['dropped', null, 16, 2, HOUR],
  ['dropped', null, 5, 1, 0],
  ['timeout', 'idle', 3, 9, 7 * DAY],
  ['timeout', 'idle', 300, 9, HOUR],
  ['timeout', 'session', 3, 9, 0],
  ['timeout', 'greeting', 0, 2, 0],
  ['auth-failed', null, 0, 2, 0],
  ['in-use', null, 0, 2, 0],
  ['disk-full', null, 0, 20, 0],
];

for (const [code, reason, ahead, open, expected] of ENDS) {
  test(`after ${code} ${reason}, ${ahead} replies ahead, ${open} open: lockstep for ${expected / HOUR} h`, () => {
    const traffic = { bytes: 0, replies: 0, ahead, open };
    for (const behindSignIn of [false, true]) {
      const level = behindSignIn ? 'sign-in' : 'all';
      assert.deepEqual(
        blamePipelining({ code, reason }, { pipelined: true, behindSignIn, traffic }),
        expected === 0 ? null : { level, length: expected },
      );
      assert.equal(blamePipelining({ code, reason }, { pipelined: false, behindSignIn, traffic }), null);
    }
  });
}

for (const [first, second, blame, expected] of [
  ['dropped', null, 7 * DAY, 7 * DAY],
  ['dropped', null, HOUR, HOUR],
  ['dropped', 'dropped', 7 * DAY, 0],
  ['timeout', 'in-use', 7 * DAY, HOUR],
  ['protocol', 'auth-failed', 7 * DAY, HOUR],
] as const) {
  test(`${first}, then in lockstep ${second ?? 'all is well'}: ${expected / HOUR} h of ${blame / HOUR}`, () => {
    assert.equal(
      judgeRepetition({ code: first }, second === null ? null : { code: second }, blame),
      expected,
    );
  });
}

const MIB = 1 << 20;
const MINUTE = 60_000;
/** What a session brought, and the time that it has earned in minutes. */
for (const [name, bytes, replies, minutes] of [
  ['nothing', 0, 0, 10],
  ['one byte a second for an hour', 3600, 0, 10 + 3600 / 2048 / 60],
  ['one reply a minute for an hour', 60 * 100, 60, 11 + 6000 / 2048 / 60],
  ['10,000 small mails over a satellite', 20 * MIB, 10_000, 10 + (20 * MIB) / 2048 / 60 + 10_000 / 60],
  ['a first import of 30 GB', 30_000 * MIB, 100_000, 12 * 60],
] as const) {
  test(`time for ${name}`, () => {
    const earned = earnedTime({ bytes, replies }, DEFAULT_LIMITS);
    assert.ok(Math.abs(earned - minutes * MINUTE) < 1000, `${earned / MINUTE} minutes`);
  });
}
