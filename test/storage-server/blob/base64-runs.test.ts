import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';
import { FoldedBytes, foldBase64 } from '../../../storage-server/blob/base64-runs.ts';
import { makeChunk, unpackChunk } from '../../../storage-server/blob/pack-chunk.ts';

const MOST = 1 << 20;

function unfold(folded: Buffer, most = MOST): Buffer {
  const bytes = new FoldedBytes(folded, most);
  return bytes.read(0, bytes.size);
}

function wrap(content: Buffer, line = 76, ending = '\r\n'): string {
  return content.toString('base64').replace(new RegExp(`.{${line}}(?=.)`, 'g'), `$&${ending}`);
}

const head = 'Content-Transfer-Encoding: base64\r\n\r\n';
const content = randomBytes(5000);
const text = wrap(content);

/** What stands there, the bytes, and whether some of it is decoded. */
const CASES: [string, string | Buffer, boolean][] = [
  ['an attachment between other parts', `--b\r\n${head}${text}\r\n--b\r\n\r\nText.\r\n--b--\r\n`, true],
  ['a blob that is nothing else', text, true],
  ['a blob that ends with its last line', `${text}\r\n`, true],
  ['lines of 64 letters', head + wrap(content, 64), true],
  ['lines of 996 letters', head + wrap(content, 996), true],
  ['a last line as long as the others', head + wrap(randomBytes(57 * 40)), true],
  ['a padded last line as long as the others', head + wrap(randomBytes(57 * 40 - 1)), true],
  ['a boundary right behind', `${head}${wrap(randomBytes(57 * 40))}\r\n--b--`, true],
  ['two behind each other', `${head}${text}\r\n\r\n${text}\r\n`, true],
  ['contents of any length', `${head}${wrap(randomBytes(4999))}\r\n\r\n${wrap(randomBytes(4998))}`, true],
  ['what is cut off in a line', head + text.slice(0, -7), true],
  ['what is cut off in a line feed', `${head}${wrap(randomBytes(57 * 40))}\r`, true],
  ['line feeds alone', head + wrap(content, 76, '\n'), false],
  ['lines that are no multiple of four', head + wrap(content, 74), false],
  [
    'padding with bits that nobody may set',
    `${head}${wrap(Buffer.alloc(57 * 20 - 1, 1)).slice(0, -2)}F=`,
    false,
  ],
  ['a blank at the end of a line', `${head}${text.replace('\r\n', ' \r\n')}`, false],
  ['a foreign letter in the middle', `${head}${text.slice(0, 3000)}*${text.slice(3001)}`, false],
  ['letters of base64url', `${head}${text.slice(0, 3000)}-_${text.slice(3002)}`, false],
  ['little', head + wrap(randomBytes(200)), false],
  ['words', 'Quite another text.\r\n\r\n'.repeat(200), false],
  ['nothing', '', false],
  ['any bytes', randomBytes(20_000), false],
];

for (const [name, given, folds] of CASES) {
  test(`base64: ${name}`, () => {
    const bytes = Buffer.isBuffer(given) ? given : Buffer.from(given, 'latin1');
    const folded = foldBase64(bytes, [0]);
    assert.equal(folded !== null, folds);
    if (folded === null) return;
    assert.ok(folded.length < 0.85 * bytes.length);
    assert.ok(unfold(folded).equals(bytes));
  });
}

test('a run is found where a blob begins in the middle of others', () => {
  const before = Buffer.from('Another mail, which ends without a line feed');
  const bytes = Buffer.concat([before, Buffer.from(text)]);
  assert.equal(foldBase64(bytes, [0]), null);
  const folded = foldBase64(bytes, [0, before.length]);
  assert.ok(unfold(folded!).equals(bytes));
});

test('any stretch of the bytes can be had', () => {
  const bytes = Buffer.from(`${head}${text}\r\n--b\r\n${head}${wrap(randomBytes(700))}\r\n--b--\r\n`);
  const folded = new FoldedBytes(foldBase64(bytes, [0])!, MOST);
  assert.equal(folded.size, bytes.length);
  for (let start = 0; start < bytes.length; start += 211) {
    for (let end = start; end <= bytes.length; end += 307) {
      assert.ok(folded.read(start, end).equals(bytes.subarray(start, end)), `${start} to ${end}`);
    }
  }
});

test('whatever is done to a mail, its bytes come back', () => {
  const whole = Buffer.from(`${head}${text}\r\n--b\r\n${head}${wrap(randomBytes(3000), 60)}\r\n--b--\r\n`);
  for (let at = 0; at < whole.length; at += 37) {
    const changed = Buffer.from(whole);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    const shorter = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1 + (at % 5))]);
    for (const bytes of [changed, shorter, whole.subarray(at)]) {
      const folded = foldBase64(bytes, [0]);
      if (folded !== null) assert.ok(unfold(folded).equals(bytes), `at ${at}`);
    }
  }
});

test('notes that cannot be true are refused before memory is taken for them', () => {
  const folded = foldBase64(Buffer.from(head + text), [0])!;
  assert.throws(() => unfold(folded, 6000), /too much/);
  for (const [at, value] of [
    [0, 0xffffffff],
    [4, 0xffffffff],
    [8, 0],
    [8, 0xffffffff],
    [12, 0xffffffff],
  ] as const) {
    const wrong = Buffer.from(folded);
    wrong.writeUInt32LE(value, at);
    assert.throws(() => unfold(wrong), Error);
  }
});

function readAll(chunk: Buffer, size: number): Buffer {
  return unpackChunk(chunk).read(0, size);
}

test('chunks with base64 are smaller than any compressor makes them, and chunks of before are read', () => {
  const bytes = Buffer.from(`${head}${wrap(randomBytes(300_000))}\r\n`);
  const chunk = makeChunk(bytes, [0]);
  assert.ok(chunk.length < 0.735 * bytes.length, `${chunk.length / bytes.length}`);
  assert.ok(readAll(chunk, bytes.length).equals(bytes));
  const former = zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  assert.ok(readAll(former, bytes.length).equals(bytes));
});
