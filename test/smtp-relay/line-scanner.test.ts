import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLineScanner, type LineProblem } from '../../smtp-relay/submission/line-scanner.ts';

const CASES: [string, string, LineProblem | null][] = [
  ['plain', 'a\r\nb\r\n', null],
  ['empty', '', null],
  ['bare LF', 'a\nb\r\n', 'bare-lf'],
  ['LF first', '\na', 'bare-lf'],
  ['bare CR', 'a\rb\r\n', 'bare-cr'],
  ['CR CR LF', 'a\r\r\n', 'bare-cr'],
  ['CR at the end', 'a\r', 'bare-cr'],
  ['LF CR', 'a\n\r', 'bare-lf'],
  ['NUL', 'a\0b\r\n', 'nul'],
  ['998 octets', `${'x'.repeat(998)}\r\n`, null],
  ['999 octets', `${'x'.repeat(999)}\r\n`, 'long-line'],
  ['smuggled end with bare LF', 'a\n.\r\nMAIL FROM:<x>\r\n', 'bare-lf'],
  ['smuggled end with bare CR', 'a\r\n.\rMAIL FROM:<x>\r\n', 'bare-cr'],
  ['two 998s', `${'x'.repeat(998)}\r\n${'y'.repeat(998)}\r\n`, null],
];

describe('makeLineScanner', () => {
  for (const [name, text, problem] of CASES) {
    test(`${name}: in one piece and byte by byte`, () => {
      const whole = makeLineScanner();
      const found = whole.push(Buffer.from(text));
      assert.equal(found ?? whole.end(), problem);
      const bytes = makeLineScanner();
      for (const byte of Buffer.from(text)) bytes.push(Uint8Array.of(byte));
      assert.equal(bytes.end(), problem);
    });
  }

  test('sees bytes over 127', () => {
    const scanner = makeLineScanner();
    scanner.push(Buffer.from('plain\r\n'));
    assert.equal(scanner.eightBit, false);
    scanner.push(Buffer.from('ñ\r\n'));
    assert.equal(scanner.eightBit, true);
  });
});
