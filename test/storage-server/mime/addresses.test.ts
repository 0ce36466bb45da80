import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAddresses } from '../../../storage-server/mime/addresses.ts';

describe('the names of people', () => {
  const table: [string, string, string, string | null][] = [
    ['as it is', 'Ana Ruiz <a@b.test>', 'a@b.test', 'Ana Ruiz'],
    [
      'one that would turn the address round',
      '"\u202egro.knab\u202d" <m@evil.test>',
      'm@evil.test',
      'gro.knab',
    ],
    ['the same encoded', '=?utf-8?B?4oCuZ3JvLmtuYWI=?= <m@evil.test>', 'm@evil.test', 'gro.knab'],
    ['nothing but such marks', '"\u2066\u2069" <m@evil.test>', 'm@evil.test', null],
    ['letters that are written from the right', '"\u200fעברית" <a@b.test>', 'a@b.test', '\u200fעברית'],
  ];
  for (const [name, header, address, wanted] of table) {
    it(name, () => assert.deepEqual(parseAddresses(header, 10), [{ name: wanted, address }]));
  }
});
