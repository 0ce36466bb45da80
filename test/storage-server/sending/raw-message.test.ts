import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import {
  canStandBare,
  normaliseLines,
  readRawHeader,
} from '../../../storage-server/sending/message/raw-message.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

async function normalise(text: string, size: number): Promise<string> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < text.length; at += size)
    pieces.push(Buffer.from(text.slice(at, at + size), 'latin1'));
  const out: Buffer[] = [];
  for await (const chunk of normaliseLines(Readable.from(pieces))) out.push(Buffer.from(chunk));
  return Buffer.concat(out).toString('latin1');
}

suite('line ends of a message that is handed in', () => {
  const table: [string, string][] = [
    ['a\nb\n', 'a\r\nb\r\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\n'],
    ['a\rb', 'a\r\nb'],
    ['a\r', 'a\r\n'],
    ['a\r\r\n\n', 'a\r\n\r\n\r\n'],
    ['\xff\n.\n', '\xff\r\n.\r\n'],
  ];
  for (const [before, expected] of table) {
    for (const size of [1, 2, 100]) {
      test(`${JSON.stringify(before)} in pieces of ${size}`, async () => {
        assert.equal(await normalise(before, size), expected);
      });
    }
  }
  test('a line over 998 bytes is refused, one of 998 not', async () => {
    assert.equal((await normalise(`${'x'.repeat(998)}\n`, 100)).length, 1000);
    await assert.rejects(
      normalise(`${'x'.repeat(999)}\n`, 100),
      (error: unknown) => error instanceof MailError && error.reason === 'raw-long-line',
    );
  });
  for (const [text, bare] of [
    ['From: a\r\n\r\nhi\n', true],
    ['a\rb', false],
    ['a\r', false],
    ['a\0', false],
    ['x'.repeat(999), false],
  ] as const) {
    test(`${JSON.stringify(text.slice(0, 20))} may ${bare ? '' : 'not '}stand in a mail as it is`, async () => {
      assert.equal(await canStandBare(Readable.from([Buffer.from(text)])), bare);
    });
  }
  test('NUL is refused', async () => {
    await assert.rejects(
      normalise('a\0b', 10),
      (error: unknown) => error instanceof MailError && error.reason === 'raw-nul',
    );
  });
});

suite('the header of a message that is handed in', () => {
  const folder = makeTempDir('raw');
  after(() => folder.remove());
  const read = async (text: string) => {
    const path = join(folder.path, 'mail');
    writeFileSync(path, text);
    return await readRawHeader(path);
  };
  test('says who sends it to whom', async () => {
    const header = await read(
      'From: "A, B" <a@x.test>\r\nSender: s@x.test\r\nTo: b@y.test,\r\n c@y.test\r\nTo: d@y.test\r\nBcc: e@y.test\r\nDate: x\r\nMessage-ID: <m@x>\r\n\r\nTo: no@y.test',
    );
    assert.deepEqual(header.senders, ['a@x.test', 's@x.test']);
    assert.deepEqual(
      [header.to, header.cc, header.bcc].map((list) => list.map((one) => one.address)),
      [['b@y.test', 'c@y.test', 'd@y.test'], [], ['e@y.test']],
    );
    assert.deepEqual([header.messageId, header.hasDate], ['<m@x>', true]);
  });
  test('may lack Message-ID and Date', async () => {
    const header = await read('From: a@x.test\r\nTo: b@y.test\r\n\r\n');
    assert.deepEqual([header.messageId, header.hasDate], [null, false]);
  });
  for (const [name, text, reason] of [
    ['without From', 'To: b@y.test\r\n\r\nx', 'raw-from'],
    ['that is none', '\r\nhello', 'raw-from'],
    ['that is text', 'hello there\r\nFrom: a@x.test\r\n\r\n', 'raw-header'],
    ['of nothing', '', 'raw-header'],
    // Who stands behind what is looked at would get nothing, and nobody would hear of it.
    [
      'of too many fields',
      `From: a@x.test\r\n${'X: y\r\n'.repeat(2000)}To: b@y.test\r\n\r\n`,
      'raw-header-long',
    ],
    [
      'of too many bytes',
      `From: a@x.test\r\nTo: b@y.test\r\n${`X: ${'y'.repeat(900)}\r\n`.repeat(700)}Cc: c@y.test\r\n\r\n`,
      'raw-header-long',
    ],
    [
      'with a To of too many bytes',
      `From: a@x.test\r\nTo: b@y.test\r\n${` (${'y'.repeat(900)})\r\n`.repeat(150)} ,c@y.test\r\n\r\n`,
      'raw-header-long',
    ],
  ] as const) {
    test(`one ${name} is refused`, async () => {
      await assert.rejects(
        read(text),
        (error: unknown) => error instanceof MailError && error.reason === reason,
      );
    });
  }
});
