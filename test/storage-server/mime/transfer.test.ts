import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText } from '../../../storage-server/mime/charset.ts';
import {
  Base64Decoder,
  countBase64,
  decodeQuotedPrintable,
  decodeTransfer,
  sizeBase64,
} from '../../../storage-server/mime/transfer.ts';

describe('base64', () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 31) & 255));
  for (const [name, text] of [
    ['in lines', bytes.toString('base64').replace(/(.{76})/g, '$1\r\n')],
    ['with junk between', bytes.toString('base64').replace(/(.{10})/g, '$1 \t!*\0')],
    ['without padding', bytes.toString('base64').replace(/=+$/, '')],
  ] as const) {
    test(name, () => {
      const encoded = Buffer.from(text, 'latin1');
      assert.ok(decodeTransfer(encoded, 'base64').equals(bytes));
      assert.equal(sizeBase64(countBase64(encoded)), bytes.length);
    });
    test(`${name}, in pieces`, () => {
      const decoder = new Base64Decoder();
      const pieces: Buffer[] = [];
      for (const character of text) pieces.push(decoder.push(Buffer.from(character, 'latin1')));
      pieces.push(decoder.end());
      assert.ok(Buffer.concat(pieces).equals(bytes));
    });
  }
  test('a lone character at the end is no byte', () => {
    assert.equal(decodeTransfer(Buffer.from('QUJDR'), 'base64').toString(), 'ABC');
    assert.equal(sizeBase64(5), 3);
  });
});

describe('quoted-printable', () => {
  for (const [encoded, decoded] of [
    ['plain', 'plain'],
    ['a=3Db', 'a=b'],
    ['a=3db=C3=A9', 'a=b\u00c3\u00a9'],
    ['soft=\r\nbreak', 'softbreak'],
    ['soft= \t\r\nbreak', 'softbreak'],
    ['soft=\nbreak', 'softbreak'],
    ['no =XY escape', 'no =XY escape'],
    ['at the end=', 'at the end'],
  ]) {
    test(JSON.stringify(encoded), () => {
      assert.equal(decodeQuotedPrintable(Buffer.from(encoded ?? '', 'latin1')).toString('latin1'), decoded);
    });
  }
});

describe('decodeText', () => {
  for (const [name, bytes, charset, text] of [
    ['undeclared UTF-8', Buffer.from('né'), null, 'né'],
    ['undeclared Latin-1', Buffer.from('né', 'latin1'), null, 'né'],
    ['US-ASCII that is not', Buffer.from('né'), 'us-ascii', 'né'],
    ['quotes of Windows-1252 as Latin-1', Buffer.from([0x93, 0x61, 0x94]), 'iso-8859-1', '“a”'],
    ['Shift_JIS by its Microsoft name', Buffer.from([0x83, 0x65]), 'cp932', 'テ'],
    ['GBK', Buffer.from([0xc4, 0xe3]), 'GB2312', '你'],
    ['UTF-16 that looks like ASCII', Buffer.from('h\0i\0', 'latin1'), 'utf-16le', 'hi'],
    ['an unknown label', Buffer.from('né'), 'x-unknown', 'né'],
    ['broken UTF-8', Buffer.from([0xc3, 0xb1, 0xff]), 'utf-8', 'ñ\ufffd'],
  ] as const) {
    test(name, () => assert.equal(decodeText(bytes, charset), text));
  }
});
