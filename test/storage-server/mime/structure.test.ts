import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseHeaders } from '../../../storage-server/mime/headers.ts';
import { listLeaves, type PartNode } from '../../../storage-server/mime/part.ts';
import { findBody } from '../../../storage-server/mime/split.ts';
import { StructureScanner } from '../../../storage-server/mime/structure.ts';
import { multipart, nested } from './sample-structures.ts';

interface Scanned {
  root: PartNode;
  problem: string | null;
  /** Id, type and content of each part. */
  parts: [string, string, string][];
}

/** `pieces`: the size in which the body is fed. */
function scan(message: string, pieces = Number.POSITIVE_INFINITY): Scanned {
  const bytes = Buffer.from(message, 'latin1');
  const split = findBody(bytes);
  const body = bytes.subarray(split);
  const scanner = new StructureScanner(parseHeaders(bytes.subarray(0, split)));
  for (let at = 0; at < body.length; at += pieces)
    scanner.push(body.subarray(at, Math.min(body.length, at + pieces)));
  const root = scanner.end();
  const parts = listLeaves(root).map((part): [string, string, string] => [
    part.id,
    part.type,
    body.toString('latin1', part.start, part.end),
  ]);
  return { root, problem: scanner.problem, parts };
}

const cases: { name: string; message: string; parts: [string, string, string][]; problem?: string }[] = [
  {
    name: 'one part',
    message: 'Subject: x\r\n\r\nbody\r\n',
    parts: [['1', 'text/plain', 'body\r\n']],
  },
  {
    name: 'nested, with preamble, epilogue and padded delimiters',
    message: nested,
    parts: [
      ['1.1', 'text/plain', 'plain'],
      ['1.2', 'text/html', '<p>'],
      ['2', 'image/png', 'PNG\r\n'],
    ],
  },
  {
    name: 'bare LF',
    message: nested.replaceAll('\r\n', '\n'),
    parts: [
      ['1.1', 'text/plain', 'plain'],
      ['1.2', 'text/html', '<p>'],
      ['2', 'image/png', 'PNG\n'],
    ],
  },
  {
    name: 'cut off before the end',
    message: multipart('mixed', 'b', '--b', '', 'first', '--b', '', 'second, and then noth'),
    parts: [
      ['1', 'text/plain', 'first'],
      ['2', 'text/plain', 'second, and then noth'],
    ],
  },
  {
    name: 'an outer delimiter ends inner multiparts that never ended',
    message: multipart(
      'mixed',
      'o',
      '--o',
      multipart('mixed', 'i', '--i', '', 'one'),
      '--o',
      '',
      'two',
      '--o--',
    ),
    parts: [
      ['1.1', 'text/plain', 'one'],
      ['2', 'text/plain', 'two'],
    ],
  },
  {
    name: 'dashes and half delimiters in texts',
    message: multipart(
      'mixed',
      'b',
      '--b',
      '',
      '-- ',
      '--bb',
      '---',
      '--b--x',
      '--b--',
      '--b',
      '',
      'epilogue',
    ),
    parts: [['1', 'text/plain', '-- \r\n--bb\r\n---\r\n--b--x']],
  },
  {
    name: 'a part of headers only',
    message: multipart('mixed', 'b', '--b', 'Content-Type: text/html', '--b', '', 'x', '--b--'),
    parts: [
      ['1', 'text/html', ''],
      ['2', 'text/plain', 'x'],
    ],
  },
  {
    name: 'an empty part',
    message: multipart('mixed', 'b', '--b', '', '--b--'),
    parts: [['1', 'text/plain', '']],
  },
  {
    name: 'no boundary said',
    message: 'Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\ntext\r\n--x--',
    parts: [['1', 'text/plain', '--x\r\n\r\ntext\r\n--x--']],
    problem: 'no-boundary',
  },
  {
    name: 'a boundary that never comes',
    message: multipart('mixed', 'b', 'only text'),
    parts: [['1', 'text/plain', 'only text']],
    problem: 'no-boundary',
  },
  {
    name: 'digest parts are messages',
    message: multipart('digest', 'b', '--b', '', 'Subject: inner', '', 'text', '--b--'),
    parts: [['1', 'message/rfc822', 'Subject: inner\r\n\r\ntext']],
  },
  {
    name: 'a line of 100,000 characters',
    message: multipart('mixed', 'b', '--b', '', `--${'x'.repeat(100_000)}`, '--b--'),
    parts: [['1', 'text/plain', `--${'x'.repeat(100_000)}`]],
  },
];

describe('StructureScanner', () => {
  for (const { name, message, parts, problem = null } of cases) {
    test(name, () => {
      const found = scan(message);
      assert.deepEqual(found.parts, parts);
      assert.equal(found.problem, problem);
    });
    test(`${name}, in pieces of every size`, () => {
      const sizes = message.length > 10_000 ? [1000, 4096, 65_536] : [1, 2, 3, 5, 7, 11, 64];
      for (const size of sizes) assert.deepEqual(scan(message, size).parts, parts, `pieces of ${size}`);
    });
  }

  test('any bytes give the same structure in pieces as in one', () => {
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
    const inner = 'Content-Type: multipart/mixed; boundary=c';
    const words = [
      '\r\n',
      '\n',
      '--b',
      '--',
      '-',
      '--b--',
      '--c',
      '--c--',
      '\r',
      'x',
      ' ',
      inner,
      'A: b',
      '\n\n',
    ];
    for (let round = 0; round < 1000; round++) {
      const body = Array.from({ length: 25 }, () => words[next(words.length)]).join('');
      const message = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`;
      const whole = scan(message);
      for (const size of [1, 2, 3, 8]) assert.deepEqual(scan(message, size), whole, JSON.stringify(body));
    }
  });

  test('depth and number of parts have limits, and nothing is lost', () => {
    let deep = 'innermost';
    for (let level = 40; level > 0; level--)
      deep = multipart('mixed', `b${level}x`, `--b${level}x`, deep, `--b${level}x--`);
    const nestedFound = scan(deep);
    assert.equal(nestedFound.problem, 'depth-limit');
    assert.match(nestedFound.parts[0]?.[2] ?? '', /innermost/);
    const wide = multipart('mixed', 'b', ...Array.from({ length: 5000 }, () => '--b\r\n\r\nx'), '--b--');
    const wideFound = scan(wide);
    assert.equal(wideFound.problem, 'part-limit');
    assert.equal(wideFound.parts.length, 1000);
  });

  test('names: encoded words, RFC 2231, no folders, no direction marks', () => {
    const nameOf = (header: string): string | null => scan(`${header}\r\n\r\n`).root.name;
    assert.equal(scan(nested).root.children[1]?.name, 'año.png');
    assert.equal(
      nameOf("Content-Disposition: attachment; filename*=UTF-8''%e2%82%ac%20rates.txt"),
      '€ rates.txt',
    );
    assert.equal(
      nameOf("Content-Disposition: attachment; filename*0*=iso-8859-1''%e9t; filename*1=e.txt"),
      'éte.txt',
    );
    assert.equal(nameOf('Content-Disposition: attachment; filename="../../etc/passwd"'), 'passwd');
    assert.equal(nameOf('Content-Type: a/b; name="C:\\\\Users\\\\x.doc"'), 'x.doc');
    assert.equal(
      nameOf(`Content-Type: a/b; name="${Buffer.from('a\u202efdp.exe').toString('latin1')}"`),
      'afdp.exe',
    );
  });
});
