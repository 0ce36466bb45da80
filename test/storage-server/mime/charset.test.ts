import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText, decodeToUtf8, findCharset } from '../../../storage-server/mime/charset.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16be = Buffer.from('\ufeffaño', 'utf16le').swap16();
const LONG = 'ñandú '.repeat(50);

const cases: { name: string; bytes: Buffer; charset: string | null; expected: string }[] = [
  {
    name: 'Latin-1 called UTF-8',
    bytes: latin1('Reunión mañana'),
    charset: 'UTF-8',
    expected: 'Reunión mañana',
  },
  {
    name: 'Latin-1 called nothing, its last byte too',
    bytes: latin1('café'),
    charset: null,
    expected: 'café',
  },
  {
    name: 'UTF-8 called nothing and cut within a character',
    bytes: Buffer.from(LONG).subarray(0, -2),
    charset: null,
    expected: `${LONG.slice(0, -2)}\ufffd`,
  },
  {
    name: 'UTF-8 with one byte of another charset, as of a footer',
    bytes: Buffer.concat([Buffer.from(LONG), latin1('\xf3')]),
    charset: 'utf-8',
    expected: `${LONG}\ufffd`,
  },
  {
    name: 'UTF-8 called by a name of US-ASCII',
    bytes: Buffer.from('año'),
    charset: 'ANSI_X3.4-1968',
    expected: 'año',
  },
  { name: 'a label in quotes', bytes: latin1('\xb1'), charset: "'iso-8859-2'", expected: 'ą' },
  { name: 'a label with a comment', bytes: latin1('\xe1'), charset: 'iso-8859-7 (Greek)', expected: 'α' },
  { name: 'a label with lines below', bytes: latin1('\xa4'), charset: 'ISO_8859_15', expected: '€' },
  { name: 'a label without its dash', bytes: latin1('\xcf'), charset: 'windows1251', expected: 'П' },
  { name: 'EUC-JP by a name of Java', bytes: latin1('\xc6\xfc'), charset: 'eucJP', expected: '日' },
  { name: 'UTF-16 with the mark of big endian', bytes: utf16be, charset: 'utf-16', expected: 'año' },
  { name: 'a label that nobody knows', bytes: latin1('\xf3'), charset: 'x-unknown', expected: 'ó' },
];

describe('decodeText', () => {
  for (const { name, bytes, charset, expected } of cases) {
    test(name, () => {
      assert.equal(decodeText(bytes, charset), expected);
      assert.equal(decodeToUtf8(bytes, charset).toString(), expected);
    });
  }
});

describe('findCharset', () => {
  const find = (html: Buffer, charset: string | null = null) =>
    findCharset({ type: 'text/html', charset }, html);
  const page = (charset: string) =>
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"></head>`;

  test('HTML whose header does not say it says so itself', () => {
    const html = latin1(`${page('windows-1251')}\xcf\xf0`);
    assert.equal(find(html), 'windows-1251');
    assert.equal(find(latin1(`<META CHARSET='koi8-r'>\xf0`)), 'koi8-r');
    assert.equal(find(html, 'utf-8'), 'utf-8');
    assert.equal(findCharset({ type: 'text/plain', charset: null }, html), null);
  });

  test('UTF-8 is believed more than what is written in it, and UTF-16 never', () => {
    assert.equal(find(Buffer.from(`${page('iso-8859-1')}ñ`)), null);
    assert.equal(find(latin1(`${page('utf-16')}\xf1`)), null);
    assert.equal(find(latin1(page('iso-2022-jp'))), 'iso-2022-jp');
    assert.equal(find(Buffer.from(`${page('iso-2022-jp')}日本`)), null);
  });
});
