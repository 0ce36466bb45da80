import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataScanner, type LineProblem } from '../../../smtp-relay/submission/wire/data-scanner.ts';

interface Scanned {
  problem: LineProblem | null;
  /** What the message is; null when it is refused. */
  content: string | null;
  /** Behind the final dot's line; -1 while it did not come. */
  end: number;
  eightBit: boolean;
}

/** What becomes of bytes that come in these pieces. */
function scan(pieces: readonly Buffer[]): Scanned {
  const emitted: Buffer[] = [];
  const scanner = new DataScanner((piece) => emitted.push(Buffer.from(piece)));
  let before = 0;
  let end = -1;
  for (const piece of pieces) {
    // Bytes of its own: the scanner may move them.
    const at = scanner.push(Buffer.from(piece), 0);
    if (at !== -1) {
      end = before + at;
      break;
    }
    before += piece.length;
  }
  const { problem, eightBit } = scanner;
  const content = problem === null ? Buffer.concat(emitted).toString('latin1') : null;
  return { problem, content, end, eightBit };
}

const X998 = 'x'.repeat(998);
/** Bytes behind DATA, and the message in them or what is wrong with it. All end with CRLF.CRLF and a command behind it. */
const CASES: [string, string, string][] = [
  ['a line', 'a\r\n.\r\n', 'a\r\n'],
  ['nothing', '.\r\n', ''],
  ['an empty line', '\r\n.\r\n', '\r\n'],
  ['a body', 'A: b\r\n\r\nc\r\n\r\nd\r\n.\r\n', 'A: b\r\n\r\nc\r\n\r\nd\r\n'],
  ['a dot first', '..\r\n.\r\n', '.\r\n'],
  ['two dots', '...\r\n.\r\n', '..\r\n'],
  ['dots in lines', 'a.b\r\n.c\r\n..d\r\ne.\r\n.\r\n', 'a.b\r\nc\r\n.d\r\ne.\r\n'],
  ['only dots', '..\r\n..\r\n..\r\n.\r\n', '.\r\n.\r\n.\r\n'],
  ['998 octets', `${X998}\r\n.\r\n`, `${X998}\r\n`],
  ['998 octets behind a dot', `.${X998}\r\n.\r\n`, `${X998}\r\n`],
  ['999 octets', `${X998}x\r\n.\r\n`, 'long-line'],
  ['999 octets behind a dot', `.${X998}x\r\n.\r\n`, 'long-line'],
  ['5000 octets', `${'x'.repeat(5000)}\r\nb\r\n.\r\n`, 'long-line'],
  ['NUL', 'a\0b\r\n.\r\n', 'nul'],
  ['bare LF', 'a\nb\r\n.\r\n', 'bare-lf'],
  ['LF first', '\na\r\n.\r\n', 'bare-lf'],
  ['many LF', `${'\n'.repeat(50)}a\r\n.\r\n`, 'bare-lf'],
  ['bare CR', 'a\rb\r\n.\r\n', 'bare-cr'],
  ['CR CR LF', 'a\r\r\n.\r\n', 'bare-cr'],
  ['LF CR', 'a\n\rb\r\n.\r\n', 'bare-lf'],
  // What other servers took for an end: everything behind it would have run as commands.
  ['LF . LF', 'a\n.\nMAIL FROM:<e@x>\r\n.\r\n', 'bare-lf'],
  ['LF . CRLF', 'a\n.\r\nMAIL FROM:<e@x>\r\n.\r\n', 'bare-lf'],
  ['LF . CR', 'a\n.\rMAIL FROM:<e@x>\r\n.\r\n', 'bare-lf'],
  ['CR . CR', 'a\r.\rMAIL FROM:<e@x>\r\n.\r\n', 'bare-cr'],
  ['CR . CRLF', 'a\r.\r\nMAIL FROM:<e@x>\r\n.\r\n', 'bare-cr'],
  ['CR . LF', 'a\r.\nMAIL FROM:<e@x>\r\n.\r\n', 'bare-lf'],
  ['CRLF . LF', 'a\r\n.\nMAIL FROM:<e@x>\r\n.\r\n', 'bare-lf'],
  ['CRLF . CR', 'a\r\n.\rMAIL FROM:<e@x>\r\n.\r\n', 'bare-cr'],
  ['CRLF . CR CRLF', 'a\r\n.\r\r\nMAIL FROM:<e@x>\r\n.\r\n', 'bare-cr'],
  ['CRLF NUL . CRLF', 'a\r\n\0.\r\nMAIL FROM:<e@x>\r\n.\r\n', 'nul'],
  ['CRLF . NUL CRLF', 'a\r\n.\0\r\nMAIL FROM:<e@x>\r\n.\r\n', 'nul'],
  ['. LF first', '.\nMAIL FROM:<e@x>\r\n.\r\n', 'bare-lf'],
  ['. CR first', '.\rMAIL FROM:<e@x>\r\n.\r\n', 'bare-cr'],
];
const NEXT = 'QUIT\r\n';

describe('DataScanner', () => {
  for (const [name, text, expected] of CASES) {
    test(`${name}: whole, byte by byte and cut in two anywhere`, () => {
      const bytes = Buffer.from(text + NEXT, 'latin1');
      const problems = ['bare-cr', 'bare-lf', 'nul', 'long-line'];
      const problem = problems.includes(expected) ? (expected as LineProblem) : null;
      const wanted: Scanned = {
        problem,
        content: problem === null ? expected : null,
        end: text.length,
        eightBit: false,
      };
      assert.deepEqual(scan([bytes]), wanted);
      const each = Array.from(bytes, (byte) => Buffer.of(byte));
      // Which of several problems is named first may hang on where they were cut.
      const verdict = ({ problem: found, ...rest }: Scanned) => ({ ...rest, refused: found !== null });
      assert.deepEqual(verdict(scan(each)), verdict(wanted));
      for (let at = 0; at <= bytes.length; at++) {
        const cut = scan([bytes.subarray(0, at), bytes.subarray(at)]);
        assert.deepEqual(verdict(cut), verdict(wanted), `cut at ${at}`);
      }
    });
  }

  test('takes no more than is its own, and begins where it is told', () => {
    const emitted: string[] = [];
    const scanner = new DataScanner((piece) => emitted.push(piece.toString()));
    const bytes = Buffer.from('DATA\r\na\r\n..b\r\n.\r\nMAIL FROM:<x@y>\r\n');
    assert.equal(scanner.push(bytes, 6), 17);
    assert.deepEqual(emitted, ['a\r\n.b\r\n']);
    assert.equal(bytes.subarray(17).toString(), 'MAIL FROM:<x@y>\r\n');
  });

  test('sees bytes over 127', () => {
    assert.equal(scan([Buffer.from('ñ\r\n.\r\n')]).eightBit, true);
    assert.equal(scan([Buffer.from('n\r\n.\r\n')]).eightBit, false);
  });

  test('random bytes never end but at CRLF.CRLF, and what passes holds nothing forbidden', () => {
    const signs = ['a', 'b', '.', '\r', '\n', '\r\n', '\r\n.', '..', '\0', 'é'];
    let seed = 7;
    const next = (limit: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * limit);
    };
    for (let round = 0; round < 3000; round++) {
      const length = 1 + next(12);
      const text = `${Array.from({ length }, () => signs[next(signs.length)]).join('')}\r\n.\r\n`;
      const bytes = Buffer.from(text, 'latin1');
      const first = text.startsWith('.\r\n') ? 3 : text.indexOf('\r\n.\r\n') + 5;
      const at = next(bytes.length);
      const { problem, content, end } = scan([bytes.subarray(0, at), bytes.subarray(at)]);
      assert.equal(end, first, JSON.stringify(text));
      const before = text.slice(0, first - 3);
      const bad = /\0|\r(?!\n)|(?<!\r)\n/.test(before);
      assert.equal(problem !== null, bad, JSON.stringify(text));
      if (!bad) assert.equal(content, before.replace(/(^|\r\n)\./g, '$1'), JSON.stringify(text));
    }
  });
});
