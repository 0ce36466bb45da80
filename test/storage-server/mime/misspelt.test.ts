import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAddresses } from '../../../storage-server/mime/addresses.ts';
import { decodeHeaderText, parseHeaders } from '../../../storage-server/mime/headers.ts';
import { describePart } from '../../../storage-server/mime/part.ts';

const read = (...lines: string[]) =>
  describePart(parseHeaders(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')), null, '1');

describe('headers as some programs write them', () => {
  for (const [header, type, charset, boundary] of [
    ['text/html charset=iso-8859-1', 'text/html', 'iso-8859-1', null],
    ['text/html (written by hand); charset=utf-8', 'text/html', 'utf-8', null],
    ['multipart/mixed\r\n boundary="a b"', 'multipart/mixed', null, 'a b'],
    ['text/html ; charset=utf-8', 'text/html', 'utf-8', null],
    ['text', 'text/plain', null, null],
  ] as const) {
    test(`Content-Type: ${JSON.stringify(header)}`, () => {
      const part = read(`Content-Type: ${header}`);
      assert.deepEqual([part.type, part.charset, part.boundary], [type, charset, boundary]);
    });
  }

  for (const [disposition, name] of [
    ['attachment filename="a.pdf"', 'a.pdf'],
    ['attachment; filename=""', 'b.pdf'],
    ["attachment; filename=UTF-8''Informaci%C3%B3n.pdf", 'Información.pdf'],
    ["attachment; filename=\"L'any 'nou'.pdf\"", "L'any 'nou'.pdf"],
    ['attachment; filename="=?UTF-8?Q?A=F1o.pdf?="', 'Año.pdf'],
  ] as const) {
    test(`Content-Disposition: ${disposition}`, () => {
      const part = read('Content-Type: application/pdf; name=b.pdf', `Content-Disposition: ${disposition}`);
      assert.deepEqual([part.name, part.disposition], [name, 'attachment']);
    });
  }

  test('Latin-1 in words that call themselves UTF-8', () => {
    assert.equal(
      decodeHeaderText('=?UTF-8?Q?Reuni=F3n?= =?utf-8?Q?_de_ma=F1ana?=', 100),
      'Reunión de mañana',
    );
    assert.equal(decodeHeaderText('=?UTF-8?Q?Informaci=C3?= =?UTF-8?Q?=B3n?=', 100), 'Información');
    const ana = { name: 'Pérez, Ana', address: 'a@b.test' };
    assert.deepEqual(parseAddresses('=?UTF-8?Q?P=E9rez=2C_Ana?= <a@b.test>', 10), [ana]);
    assert.deepEqual(parseAddresses('x@y.test, "=?UTF-8?Q?P=E9rez=2C_Ana?=" <a@b.test>', 10)[1], ana);
    assert.equal(parseAddresses('=?UTF-8?Q?P=E9rez?= <a@b.test>', 10)[0]?.name, 'Pérez');
  });
});
