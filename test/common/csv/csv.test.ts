import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseCsv } from '../../../common/csv/parse-csv.ts';
import { writeCsv } from '../../../common/csv/write-csv.ts';

const CASES: [
  name: string,
  text: string,
  records: [line: number, ...fields: string[]][],
  problems?: number[],
][] = [
  [
    'fields and lines',
    'a,b\r\nc,d\r\n',
    [
      [1, 'a', 'b'],
      [2, 'c', 'd'],
    ],
  ],
  [
    'no line end at the end',
    'a,b\nc,d',
    [
      [1, 'a', 'b'],
      [2, 'c', 'd'],
    ],
  ],
  [
    'line ends of old Macs',
    'a,b\rc,d\r',
    [
      [1, 'a', 'b'],
      [2, 'c', 'd'],
    ],
  ],
  ['a byte order mark', '\ufeffa,b\n', [[1, 'a', 'b']]],
  [
    'semicolons, where the first line has more of them',
    'a;b\n1,5;2\n',
    [
      [1, 'a', 'b'],
      [2, '1,5', '2'],
    ],
  ],
  [
    'a semicolon in quotes is no delimiter',
    '"a;b;c",d\n1,2\n',
    [
      [1, 'a;b;c', 'd'],
      [2, '1', '2'],
    ],
  ],
  [
    'quotes with all that they may hold',
    '"a ""b"", c","d\r\ne"\nf,g\n',
    [
      [1, 'a "b", c', 'd\r\ne'],
      [3, 'f', 'g'],
    ],
  ],
  [
    'empty fields and empty lines',
    'a,,\n\n\n,b,\n',
    [
      [1, 'a', '', ''],
      [4, '', 'b', ''],
    ],
  ],
  ['a quote inside of plain text is text', 'a"b,c\n', [[1, 'a"b', 'c']]],
  [
    'text after a quote',
    'a,b\n"c"d,e\nf,g\n',
    [
      [1, 'a', 'b'],
      [3, 'f', 'g'],
    ],
    [2],
  ],
  [
    'a quote that nothing closes',
    'a,b\n"c,d\ne,f\n',
    [
      [1, 'a', 'b'],
      [3, 'e', 'f'],
    ],
    [2],
  ],
  ['nothing', '', []],
];

describe('comma-separated values', () => {
  for (const [name, text, records, problems = []] of CASES) {
    test(name, () => {
      const read = parseCsv(text);
      assert.deepEqual(
        read.records.map(({ line, fields }) => [line, ...fields]),
        records,
      );
      assert.deepEqual(
        read.problems.map(({ line }) => line),
        problems,
      );
    });
  }

  test('what is written is read again as it was', () => {
    const fields = ['plain', 'a,b', 'a;b', 'say "no"', 'two\r\nlines', '', ' blank '];
    assert.deepEqual(parseCsv(writeCsv([fields, fields])).records, [
      { line: 1, fields },
      { line: 3, fields },
    ]);
  });
});
