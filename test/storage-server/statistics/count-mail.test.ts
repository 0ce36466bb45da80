import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NEVER, READ_BY_RULE } from '../../../common/shapes/use.ts';
import { DAY, HOUR, MINUTE } from '../../../common/time.ts';
import {
  countOver,
  countReceived,
  countSent,
  type Counted,
  type OpenMail,
  type SeenMail,
} from '../../../storage-server/statistics/count-mail.ts';
import { readLocalMonth } from '../../../storage-server/statistics/local-month.ts';

const AT = Date.UTC(2026, 2, 10, 22, 30);
const MAIL: SeenMail = {
  id: 5,
  date: AT - MINUTE,
  received: AT,
  size: 12_000,
  isRead: false,
  isAnswered: false,
  isAsItCame: true,
};
const OPEN: OpenMail = { mail: 5, at: AT, provider: 'gmail', is_read: 0, answered: 0 };

/** `use bucket` for each, in short. */
function list(counted: Pick<Counted, 'tallies'>): string[] {
  return counted.tallies.map(({ use, bucket }) => `${use} ${bucket}`);
}

describe('what is counted of a collected mail', () => {
  const cases: [string, Partial<SeenMail>, Partial<OpenMail> | null, number, string[]][] = [
    ['new', {}, null, MINUTE, ['inHour 22', 'inSize 1']],
    [
      'new and read at once',
      { isRead: true, isAsItCame: false },
      null,
      MINUTE,
      ['inHour 22', 'inSize 1', 'read 0'],
    ],
    ['marked by a rule', { isRead: true }, null, MINUTE, ['inHour 22', 'inSize 1', `read ${READ_BY_RULE}`]],
    ['seen before', {}, {}, HOUR, []],
    ['read after an hour', { isRead: true }, {}, HOUR, ['read 2']],
    ['read already', { isRead: true }, { is_read: 1 }, HOUR, []],
    ['answered after two days', { isRead: true, isAnswered: true }, { is_read: 1 }, 2 * DAY, ['answered 5']],
    ['read and answered', { isRead: true, isAnswered: true }, {}, 7 * HOUR, ['read 3', 'answered 3']],
    ['unread again', { isRead: false }, { is_read: 1 }, HOUR, []],
    ['from an old maildrop', { date: AT - 30 * DAY }, null, MINUTE, []],
    ['from a clock that is ahead', { date: AT + 2 * DAY }, null, MINUTE, []],
    ['touched after its week', { isRead: true, isAsItCame: false }, null, 8 * DAY, []],
    ['of 30 MB', { size: 30_000_000 }, null, 0, ['inHour 22', 'inSize 6']],
  ];
  for (const [name, mail, open, later, expected] of cases) {
    it(name, () => {
      const around = { now: AT + later, timeZone: 'UTC', provider: 'gmail' };
      const counted = countReceived(
        { ...MAIL, ...mail },
        open === null ? null : { ...OPEN, ...open },
        around,
      );
      assert.deepEqual(list(counted), expected);
      assert.equal(counted.open === null, expected.length === 0);
    });
  }

  it('stays with the provider and in the month that it came in', () => {
    const around = { now: AT + 25 * DAY, timeZone: 'UTC', provider: 'other' };
    const { tallies } = countReceived({ ...MAIL, isRead: true }, OPEN, around);
    assert.deepEqual(
      tallies.map(({ provider, month }) => [provider, month]),
      [['gmail', '2026-03']],
    );
  });

  it('is counted as never read and never answered when its week is over, each only once', () => {
    assert.deepEqual(list({ tallies: countOver(OPEN, null) }), [`read ${NEVER}`, `answered ${NEVER}`]);
    assert.deepEqual(list({ tallies: countOver({ ...OPEN, is_read: 1 }, null) }), [`answered ${NEVER}`]);
    assert.deepEqual(countOver({ ...OPEN, is_read: 1, answered: 1 }, null), []);
  });
});

describe('what is counted of a mail that left', () => {
  const sent = { id: 9, size: 900, at: AT, way: 'smarthost' as const };
  const around = { now: AT + MINUTE, timeZone: 'America/Bogota', provider: 'gmail' };
  it('hour, size and way, in the time zone of the user', () => {
    assert.deepEqual(list(countSent(sent, null, around)), ['outHour 17', 'outSize 0', 'outWay 1']);
  });
  it('once, and not what left long ago', () => {
    assert.deepEqual(list(countSent(sent, OPEN, around)), []);
    assert.deepEqual(list(countSent(sent, null, { ...around, now: AT + 8 * DAY })), []);
  });
});

describe('the month and hour of a moment', () => {
  const newYear = Date.UTC(2027, 0, 1, 0, 30);
  for (const [zone, month, hour] of [
    ['UTC', '2027-01', 0],
    [null, '2027-01', 0],
    ['Europe/Madrid', '2027-01', 1],
    ['America/Mexico_City', '2026-12', 18],
    ['No/Where', '2027-01', 0],
  ] as const) {
    it(`${zone}: ${month}, ${hour} h`, () =>
      assert.deepEqual(readLocalMonth(newYear, zone), { month, hour }));
  }
});
