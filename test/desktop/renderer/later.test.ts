import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  listRemindPresets,
  listSendPresets,
  listSnoozePresets,
} from '../../../desktop/renderer/later/presets.ts';
import { findMoment, readWall } from '../../../common/wall-time.ts';
import { formatFields, parseFields } from '../../../desktop/renderer/later/date-fields.ts';
import {
  cameBack,
  judgeStatus,
  waitsInStore,
} from '../../../desktop/renderer/sending/status/judge-status.ts';
import { formatAhead } from '../../../desktop/renderer/later/format-ahead.ts';
import type { RecipientState, SendState } from '../../../common/shapes/status.ts';

const MADRID = 'Europe/Madrid';
const iso = (at: number): string => new Date(at).toISOString();

describe('times on the wall of a zone', () => {
  const cases: [string, string, string, string][] = [
    ['winter', '2026-11-21 18:00', MADRID, '2026-11-21T17:00:00.000Z'],
    ['summer', '2026-07-01 18:00', MADRID, '2026-07-01T16:00:00.000Z'],
    ['far west, the next day in UTC', '2026-11-21 18:00', 'Pacific/Honolulu', '2026-11-22T04:00:00.000Z'],
    ['half hours', '2026-11-21 08:00', 'Asia/Kolkata', '2026-11-21T02:30:00.000Z'],
    ['left out in spring', '2026-03-29 02:30', MADRID, '2026-03-29T01:30:00.000Z'],
    ['twice in autumn: the first', '2026-10-25 02:30', MADRID, '2026-10-25T00:30:00.000Z'],
    ['the morning after clocks go back', '2026-10-25 08:00', MADRID, '2026-10-25T07:00:00.000Z'],
  ];
  for (const [name, wall, zone, expected] of cases) {
    it(name, () => {
      const [date = '', time = ''] = wall.split(' ');
      assert.equal(iso(parseFields(date, time, zone) ?? 0), expected);
    });
  }

  it('are what date and time fields hold, and back', () => {
    const at = Date.UTC(2026, 10, 21, 7, 5);
    assert.deepEqual(formatFields(at, MADRID), { date: '2026-11-21', time: '08:05' });
    assert.equal(parseFields('2026-11-21', '08:05', MADRID), at);
    assert.equal(parseFields('', '08:05', MADRID), null);
    assert.equal(readWall(at, MADRID).weekday, 6);
    const beyond = { year: 2026, month: 12, day: 32, hour: 8, minute: 0 };
    assert.equal(iso(findMoment(beyond, MADRID)), '2027-01-01T07:00:00.000Z');
  });
});

describe('times to choose from', () => {
  const at = (wall: string): number => parseFields(...(wall.split(' ') as [string, string]), MADRID) ?? 0;
  const show = (list: { key: string; at: number }[]): string[] =>
    list.map(({ key, at: time }) => `${key} ${Object.values(formatFields(time, MADRID)).join(' ')}`);

  it('until when to snooze: no evening beside a later that is nearly it, a weekend while it is ahead', () => {
    assert.deepEqual(show(listSnoozePresets(at('2026-11-24 09:10'), MADRID)), [
      'today 2026-11-24 12:30',
      'evening 2026-11-24 18:00',
      'tomorrow 2026-11-25 08:00',
      'saturday 2026-11-28 08:00',
      'monday 2026-11-30 08:00',
    ]);
    assert.deepEqual(show(listSnoozePresets(at('2026-11-27 14:40'), MADRID)), [
      'today 2026-11-27 18:00',
      'tomorrow 2026-11-28 08:00',
      'monday 2026-11-30 08:00',
    ]);
    assert.deepEqual(show(listSnoozePresets(at('2026-11-22 00:30'), MADRID)), [
      'evening 2026-11-22 18:00',
      'tomorrow 2026-11-23 08:00',
      'saturday 2026-11-28 08:00',
    ]);
    assert.deepEqual(show(listSnoozePresets(at('2026-11-22 22:00'), MADRID)), [
      'tomorrow 2026-11-23 08:00',
      'saturday 2026-11-28 08:00',
    ]);
  });

  it('to send: this evening only while it is far, Monday only when it is not tomorrow', () => {
    assert.deepEqual(show(listSendPresets(at('2026-11-20 10:00'), MADRID)), [
      'evening 2026-11-20 18:00',
      'tomorrow 2026-11-21 08:00',
      'monday 2026-11-23 08:00',
    ]);
    assert.deepEqual(show(listSendPresets(at('2026-11-22 17:30'), MADRID)), ['tomorrow 2026-11-23 08:00']);
    assert.deepEqual(show(listSendPresets(at('2026-11-23 17:30'), MADRID)), [
      'tomorrow 2026-11-24 08:00',
      'monday 2026-11-30 08:00',
    ]);
  });

  it('to be reminded: later today only while there is time, next week unless that is tomorrow', () => {
    assert.deepEqual(show(listRemindPresets(at('2026-11-20 10:10'), MADRID)), [
      'today 2026-11-20 13:30',
      'tomorrow 2026-11-21 08:00',
      'next-week 2026-11-23 08:00',
    ]);
    assert.deepEqual(show(listRemindPresets(at('2026-11-22 22:10'), MADRID)), ['tomorrow 2026-11-23 08:00']);
  });
});

describe('times ahead', () => {
  const now = Date.UTC(2026, 10, 20, 9);
  const cases: [string, string][] = [
    ['2026-11-20T17:00:00.000Z', 'hoy, 18:00'],
    ['2026-11-20T23:30:00.000Z', 'mañana, 0:30'],
    ['2026-11-23T07:00:00.000Z', 'el lunes, 8:00'],
    ['2026-11-27T07:00:00.000Z', 'el 27 nov, 8:00'],
  ];
  for (const [iso, expected] of cases) {
    it(expected, () => assert.equal(formatAhead(iso, now, 'es', MADRID), expected));
  }
});

describe('what is said of a delivery', () => {
  const judge = (state: SendState, states: RecipientState[]): string => {
    const recipients = states.map((one) => ({ state: one }));
    const { tone, says, failed } = judgeStatus({ state, recipients } as Parameters<typeof judgeStatus>[0]);
    return `${tone} ${says} ${failed}`;
  };
  const cases: [SendState, RecipientState[], string][] = [
    ['sent', ['accepted', 'accepted'], 'good sent 0'],
    ['scheduled', ['held'], 'calm scheduled 0'],
    ['queued', ['accepted', 'queued'], 'calm queued 0'],
    ['queued', ['accepted', 'deferred'], 'waiting waiting 0'],
    ['queued', ['failed', 'deferred'], 'bad partly 1'],
    ['partly', ['accepted', 'failed'], 'bad partly 1'],
    ['failed', ['failed', 'failed'], 'bad failed 2'],
    ['partly', ['accepted', 'cancelled'], 'calm partly 1'],
  ];
  for (const [state, states, expected] of cases) {
    it(`${state}: ${states.join(', ')}`, () => assert.equal(judge(state, states), expected));
  }

  it('tells what has not left from what the relay holds', () => {
    const soon = new Date(2000).toISOString();
    assert.equal(waitsInStore({ state: 'scheduled', at: soon }, 1000), true);
    assert.equal(waitsInStore({ state: 'held', at: soon }, 3000), false);
    assert.equal(waitsInStore({ state: 'held', at: null }, 1000), false);
  });

  it('tells what came back later from what was refused at once', () => {
    assert.equal(cameBack({ state: 'failed', report: 'm1' }), true);
    assert.equal(cameBack({ state: 'failed', report: null }), false);
  });
});
