import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideDate } from '../../../storage-server/mime/dates.ts';
import { parseHeaders } from '../../../storage-server/mime/headers.ts';
import { parseMailDate } from '../../../storage-server/mime/parse-date.ts';

const READABLE: [string, string][] = [
  ['Thu, 19 Nov 2026 10:00:00 +0100', '2026-11-19T09:00:00'],
  ['19 Nov 2026 10:00 +0100', '2026-11-19T09:00:00'],
  ['Thu,19 Nov 2026 10:00:00+0100', '2026-11-19T09:00:00'],
  ['Thu, 19 nov 2026 10:00:00 -0330', '2026-11-19T13:30:00'],
  ['thu, 19 NOVEMBER 2026 10:00:00 GMT', '2026-11-19T10:00:00'],
  ['Thu, 19-Nov-2026 10:00:00 GMT', '2026-11-19T10:00:00'],
  ['Thursday, 19 Nov, 2026 10.00.00 +0000', '2026-11-19T10:00:00'],
  ['Thu, 19 Nov 2026 10:00:00', '2026-11-19T10:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 +0100 (CET)', '2026-11-19T09:00:00'],
  ['(a (nested) comment) Thu, 19 (day) Nov 2026 (year) 10:00:00 (x) -0500 (EST)', '2026-11-19T15:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 -0000', '2026-11-19T10:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 +01:00', '2026-11-19T09:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 +100', '2026-11-19T09:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 GMT+2', '2026-11-19T08:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 UTC+0530', '2026-11-19T04:30:00'],
  ['Thu, 19 Nov 2026 10:00:00 +0545', '2026-11-19T04:15:00'],
  // No place on earth has these: as if there was no zone.
  ['Thu, 19 Nov 2026 10:00:00 +9900', '2026-11-19T10:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 +0175', '2026-11-19T10:00:00'],
  // RFC 5322 4.3: military zones and unknown names mean nothing.
  ['Thu, 19 Nov 2026 10:00:00 A', '2026-11-19T10:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 Z', '2026-11-19T10:00:00'],
  ['Thu, 19 Nov 2026 10:00:00 XYZ', '2026-11-19T10:00:00'],
  ['5 Mar 04 10:20 EST', '2004-03-05T15:20:00'],
  ['5 Mar 04 10:20 PDT', '2004-03-05T17:20:00'],
  ['5 Mar 99 10:20 CEST', '1999-03-05T08:20:00'],
  ['5 Mar 104 10:20 +0000', '2004-03-05T10:20:00'],
  ['Fri Mar  5 10:20:30 2004', '2004-03-05T10:20:30'],
  ['Fri Mar  5 10:20:30 EST 2004', '2004-03-05T15:20:30'],
  ['Fri Mar  5 10:20:30 +0100 2004', '2004-03-05T09:20:30'],
  ['Fri, Mar 5, 2004 10:20:30 PM EST', '2004-03-06T03:20:30'],
  ['March 5th, 2004 12:05 am', '2004-03-05T00:05:00'],
  ['2026-11-19T10:00:00Z', '2026-11-19T10:00:00'],
  ['2026-11-19 10:00:00.123 +0100', '2026-11-19T09:00:00'],
  ['2026-11-19 10:00', '2026-11-19T10:00:00'],
  ['vie, 5 mar 2004 10:20:30 +0100', '2004-03-05T09:20:30'],
  ['Lun, 5 ene 2004 10:20:30 +0100', '2004-01-05T09:20:30'],
  ['miércoles, 14 de abril de 2021 09:30:00 +0200', '2021-04-14T07:30:00'],
  ['5 agosto 2020 10:00:00 +0200', '2020-08-05T08:00:00'],
  ['24 dic 2020 10:00:00 +0100', '2020-12-24T09:00:00'],
  ['So, 5 Mär 2023 10:00:00 +0100', '2023-03-05T09:00:00'],
  ['5 févr. 2023 10:00:00 +0100', '2023-02-05T09:00:00'],
  ['5 août 2023 10:00:00 +0200', '2023-08-05T08:00:00'],
  ['Mi, 4 Okt 2023 10:00:00 MESZ', '2023-10-04T08:00:00'],
  ['Thu, 19 Nov 2026 23:59:60 +0000', '2026-11-20T00:00:00'],
  ['Thu, 19 Nov 2026 24:00:00 +0000', '2026-11-20T00:00:00'],
  ['Tue, 19 Jan 2038 03:14:08 +0000', '2038-01-19T03:14:08'],
  ['Thu, 29 Feb 2024 10:00:00 +0000', '2024-02-29T10:00:00'],
  ['Wed, 31 Dec 1969 23:59:59 +0000', '1969-12-31T23:59:59'],
];
const UNREADABLE = [
  '',
  'yesterday',
  'Thu, 30 Feb 2024 10:00:00 +0000',
  'Thu, 29 Feb 2023 10:00:00 +0000',
  'Thu, 0 Nov 2026 10:00:00 +0000',
  'Thu, 32 Nov 2026 10:00:00 +0000',
  'Thu, 19 Foo 2026 10:00:00 +0000',
  'Thu, 19 Nov 2026 25:00:00 +0000',
  'Thu, 19 Nov 2026 10:61:00 +0000',
  '2026-13-19T10:00:00Z',
  '-1',
  '1763546400',
  '(5 Mar 2004 10:20:30 +0000)',
];

describe('dates as mail carries them', () => {
  for (const [text, expected] of READABLE) {
    test(text, () => {
      assert.equal(new Date(parseMailDate(text) ?? 0).toISOString(), `${expected}.000Z`);
    });
  }
  for (const text of UNREADABLE) test(`no date: "${text}"`, () => assert.equal(parseMailDate(text), null));

  test('long rubbish costs no time', () => {
    const begun = process.cpuUsage().user;
    for (const piece of ['(', '1 ', 'a', '1 a 1 ', ' ', '+', '1:1']) parseMailDate(piece.repeat(100_000));
    assert.ok(process.cpuUsage().user - begun < 1e6);
  });
});

const NOW = Date.UTC(2026, 10, 20, 12);
const hop = (date: string): string => `Received: from a.example by b.example; ${date}`;
const OWN = 'Date: Wed, 18 Nov 2026 08:00:00 +0000';
/** Headers, and the date in lists; `collected` is when the mail came here. */
const DECISIONS: { name: string; headers: string[]; expected: string }[] = [
  { name: 'its own', headers: [hop('Wed, 18 Nov 2026 08:01:00 +0000'), OWN], expected: '2026-11-18T08:00' },
  { name: 'its own without any hop', headers: [OWN], expected: '2026-11-18T08:00' },
  {
    name: 'its own, years before it was sent again',
    headers: [hop('Wed, 18 Nov 2026 08:01:00 +0000'), 'Date: Fri, 5 Mar 2004 10:20:30 +0000'],
    expected: '2004-03-05T10:20',
  },
  { name: 'none and no hop: collected', headers: ['Subject: x'], expected: '2026-11-20T12:00' },
  {
    name: 'none: the topmost hop, which the own provider wrote',
    headers: [hop('Wed, 18 Nov 2026 08:00:00 +0000'), hop('Tue, 17 Nov 2026 08:00:00 +0000')],
    expected: '2026-11-18T08:00',
  },
  {
    name: 'none, and the topmost hop is absurd: the next',
    headers: [hop('Thu, 1 Jan 1970 00:00:00 +0000'), hop('Tue, 17 Nov 2026 08:00:00 +0000')],
    expected: '2026-11-17T08:00',
  },
  {
    name: 'the begin of Unix time',
    headers: [hop('Wed, 18 Nov 2026 08:00:00 +0000'), 'Date: Thu, 1 Jan 1970 00:00:00 +0000'],
    expected: '2026-11-18T08:00',
  },
  {
    name: 'the begin of DOS time',
    headers: [hop('Wed, 18 Nov 2026 08:00:00 +0000'), 'Date: Tue, 1 Jan 1980 00:00:00 +0000'],
    expected: '2026-11-18T08:00',
  },
  {
    name: '1990 is believed',
    headers: ['Date: Mon, 1 Jan 1990 00:00:00 +0000'],
    expected: '1990-01-01T00:00',
  },
  {
    name: 'a century missing',
    headers: [hop('Wed, 18 Nov 2026 08:00:00 +0000'), 'Date: Wed, 18 Nov 0026 08:00:00 +0000'],
    expected: '2026-11-18T08:00',
  },
  {
    name: '2038 while it is 2026',
    headers: [hop('Wed, 18 Nov 2026 08:00:00 +0000'), 'Date: Tue, 19 Jan 2038 03:14:07 +0000'],
    expected: '2026-11-18T08:00',
  },
  {
    name: 'hours in the future: a zone told wrong, believed',
    headers: ['Date: Sat, 21 Nov 2026 11:00:00 +0000'],
    expected: '2026-11-21T11:00',
  },
  {
    name: 'more than a day in the future',
    headers: ['Date: Sat, 21 Nov 2026 12:00:01 +0000'],
    expected: '2026-11-20T12:00',
  },
  {
    name: 'years after its arrival, collected later still',
    headers: [hop('Sat, 2 Mar 2019 08:00:00 +0000'), 'Date: Mon, 1 Jan 2024 00:00:00 +0000'],
    expected: '2019-03-02T08:00',
  },
  {
    name: 'a provider whose clock is years behind does not spoil a good date',
    headers: [hop('Mon, 1 Jan 2001 00:00:00 +0000'), hop('Wed, 18 Nov 2026 08:00:10 +0000'), OWN],
    expected: '2026-11-18T08:00',
  },
  {
    name: 'a semicolon within a hop',
    headers: ['Received: from a (x; y) by b; Wed, 18 Nov 2026 08:00:00 +0000 (CET; sort of)'],
    expected: '2026-11-18T08:00',
  },
];

describe('the date in lists', () => {
  for (const { name, headers, expected } of DECISIONS) {
    test(name, () => {
      const parsed = parseHeaders(Buffer.from(`${headers.join('\r\n')}\r\n\r\n`));
      assert.equal(new Date(decideDate(parsed, NOW)).toISOString().slice(0, 16), expected);
    });
  }
});
