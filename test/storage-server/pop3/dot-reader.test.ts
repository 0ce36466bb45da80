import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DotReader } from '../../../storage-server/pop3/dot-reader.ts';
import { stuff } from '../../fakes/pop3-server.ts';

function read(wire: Buffer, cuts: number[]): { content: Buffer; rest: number } {
  const reader = new DotReader();
  const parts: Buffer[] = [];
  let from = 0;
  for (const to of [...cuts, wire.length]) {
    const chunk = wire.subarray(from, to);
    const end = reader.feed(chunk, 0, (bytes) => parts.push(bytes));
    if (end !== -1) return { content: Buffer.concat(parts), rest: wire.length - from - end };
    from = to;
  }
  return { content: Buffer.concat(parts), rest: -1 };
}

const CASES: [string, string][] = [
  ['', '.\r\n'],
  ['a\r\n', 'a\r\n.\r\n'],
  ['.\r\n', '..\r\n.\r\n'],
  ['..a\r\n.b\r\n', '...a\r\n..b\r\n.\r\n'],
  ['a\n.\nb\r\n', 'a\n.\nb\r\n.\r\n'],
  ['a\n.\r\nb\r\n', 'a\n.\r\nb\r\n.\r\n'],
  ['\r\r\n\r.\r\n', '\r\r\n\r.\r\n.\r\n'],
  ['.\rx\r\n', '..\rx\r\n.\r\n'],
  ['\rx\r\n', '.\rx\r\n.\r\n'],
  ['\r\r\n', '.\r\r\n.\r\n'],
  ['a\r\n\n.\r\n', 'a\r\n.\n.\r\n.\r\n'],
];

test('content and end are the same wherever the bytes are cut in two', () => {
  for (const [content, wire] of CASES) {
    const bytes = Buffer.from(`${wire}+OK`, 'latin1');
    for (let cut = 0; cut <= bytes.length; cut++) {
      const got = read(bytes, [cut]);
      assert.equal(got.content.toString('latin1'), content, `${JSON.stringify(wire)} cut at ${cut}`);
      assert.equal(got.rest, 3);
    }
    assert.equal(read(bytes, [...bytes.keys()]).content.toString('latin1'), content);
  }
});

test('random messages of dots, CR and LF come back, cut at random', () => {
  let seed = 20_261_121;
  const roll = (limit: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % limit;
  for (let round = 0; round < 3000; round++) {
    let content = Array.from({ length: roll(30) }, () => '.\r\nx'[roll(4)]!).join('');
    if (content !== '' && !content.endsWith('\r\n')) content += '\r\n';
    const wire = stuff(Buffer.from(content));
    const cuts = Array.from({ length: roll(5) }, () => roll(wire.length)).sort((a, b) => a - b);
    const got = read(wire, cuts);
    assert.equal(got.content.toString(), content);
    assert.equal(got.rest, 0);
  }
});
