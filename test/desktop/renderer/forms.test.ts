import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Language } from '../../../common/shapes/profile.ts';

// What the browser says that its user reads; the formats keep what they found first.
Object.defineProperty(globalThis, 'navigator', {
  value: { languages: ['en-GB', 'es-ES'] },
  configurable: true,
});
const { formatFullDate, formatRowDate } = await import('../../../desktop/renderer/text/format.ts');
const { formatAgo, formatMoment, formatSize, formatSpan } =
  await import('../../../desktop/renderer/text/format-more.ts');
const MADRID = 'Europe/Madrid';

describe('the short date of a row', () => {
  const now = Date.parse('2026-03-29T10:00:00Z');
  const table: [string, string, string, string][] = [
    ['today', '2026-03-29T07:05:00Z', '9:05', '9:05'],
    ['today, before the clocks went on', '2026-03-29T00:30:00Z', '1:30', '1:30'],
    ['last night is yesterday', '2026-03-28T22:59:00Z', 'Sat', 'sáb'],
    ['a zone further, the same moment is today', '2026-03-28T23:01:00Z', '0:01', '0:01'],
    ['this week', '2026-03-24T12:00:00Z', 'Tue', 'mar'],
    ['a week ago', '2026-03-22T12:00:00Z', '22 Mar', '22 mar'],
    ['the first of the year', '2026-01-01T12:00:00Z', '1 Jan', '1 ene'],
    ['New Year’s Eve by the reader’s zone', '2025-12-31T22:30:00Z', '31/12/25', '31/12/25'],
    ['New Year by the reader’s zone', '2025-12-31T23:30:00Z', '1 Jan', '1 ene'],
    ['to come', '2026-09-03T12:00:00Z', '3 Sept', '3 sept'],
    ['no date', 'nonsense', '', ''],
  ];
  for (const [name, iso, en, es] of table) {
    it(name, () => {
      const say = (language: Language): string =>
        formatRowDate(iso, now, language, MADRID).replace(/^0(?=\d:)/, '');
      assert.deepEqual([say('en'), say('es')], [en, es]);
    });
  }
});

describe('whole dates and spans', () => {
  const at = '2026-11-21T17:30:00Z';
  it('name the day, the month and the time as the language does', () => {
    assert.equal(formatFullDate(at, 'en', MADRID), 'Sat, 21 Nov 2026, 18:30');
    assert.equal(formatFullDate(at, 'es', MADRID), 'sáb, 21 nov 2026, 18:30');
    assert.equal(formatFullDate(at, 'es', 'Pacific/Kiritimati'), 'dom, 22 nov 2026, 7:30');
    assert.equal(formatFullDate('nonsense', 'es', MADRID), 'nonsense');
  });
  it('leave out the day that is today', () => {
    const now = Date.parse('2026-11-21T20:00:00Z');
    assert.equal(formatMoment(at, now, 'es', MADRID), '18:30');
    assert.deepEqual(formatSpan('2026-11-20T08:00:00Z', at, now, 'en', MADRID), [
      '20 Nov, 9:00',
      '21 Nov, 18:30',
    ]);
    assert.deepEqual(formatSpan('2026-11-21T08:00:00Z', at, now, 'es', MADRID), ['9:00', '18:30']);
  });
  it('count in words where the language has one', () => {
    const now = Date.parse('2026-11-21T20:00:00Z');
    const ago = (hours: number, language: Language): string =>
      formatAgo(new Date(now - hours * 3_600_000).toISOString(), now, language);
    assert.deepEqual([ago(1, 'en'), ago(1, 'es')], ['1 hour ago', 'hace 1 hora']);
    assert.deepEqual([ago(24, 'en'), ago(24, 'es')], ['yesterday', 'ayer']);
    assert.deepEqual([ago(72, 'en'), ago(72, 'es')], ['3 days ago', 'hace 3 días']);
  });
});

describe('sizes', () => {
  const table: [number, string, string][] = [
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [1000, '1 kB', '1 kB'],
    [1449, '1.4 kB', '1,4 kB'],
    [9960, '10 kB', '10 kB'],
    [999_499, '999 kB', '999 kB'],
    [999_500, '1 MB', '1 MB'],
    [52_428_800, '52 MB', '52 MB'],
    [7_300_000_000, '7.3 GB', '7,3 GB'],
    [1_200_000_000_000, '1.2 TB', '1,2 TB'],
  ];
  for (const [bytes, en, es] of table) {
    it(en, () => assert.deepEqual([formatSize(bytes, 'en'), formatSize(bytes, 'es')], [en, es]));
  }
});
