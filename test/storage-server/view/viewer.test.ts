import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { MailError } from '../../../common/errors.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { chooseView } from '../../../storage-server/view/choose-view.ts';
import { fitPage } from '../../../storage-server/view/fit-page.ts';
import { makeViewer, type Viewer } from '../../../storage-server/view/make-viewer.ts';
import { maySave } from '../../../storage-server/view/save-rule.ts';
import type { DrawnKind } from '../../../storage-server/view/view-protocol.ts';
import { lockPdf, makePdf } from './sample-files.ts';

const red = { create: { width: 400, height: 200, channels: 3, background: 'red' } } as const;
let count = 0;

async function draw(viewer: Viewer, kind: DrawnKind, bytes: Buffer, page = 1) {
  return await viewer.draw('user_1', { key: `file ${++count}`, kind, page, width: 600 }, async () => bytes);
}

describe('files of strangers, drawn in a process of its own', () => {
  const viewer = makeViewer(silentLogger);
  const hasty = makeViewer(silentLogger, 400);
  after(async () => {
    await viewer.stop();
    await hasty.stop();
  });
  const good = makePdf(['Hello (reader)', 'second page']);

  test('pages of a PDF one by one, with their words', async () => {
    assert.equal((await draw(viewer, 'pages', good, 0)).pages, 2);
    const second = await draw(viewer, 'pages', good, 2);
    assert.deepEqual([second.width, second.height, second.text], [600, 400, 'second page']);
    const { format, width } = await sharp(second.image).metadata();
    assert.deepEqual([format, width], ['webp', 600]);
  });

  test('a file is sent to the process once, however many pages are turned', async () => {
    let reads = 0;
    const read = async (): Promise<Buffer> => (++reads, good);
    for (const page of [1, 2, 1]) {
      await viewer.draw('user_1', { key: 'kept', kind: 'pages', page, width: 300 }, read);
    }
    assert.equal(reads, 1);
  });

  test('an image loses what stood beside its pixels', async () => {
    const photo = await sharp(red)
      .withExif({ IFD0: { Copyright: 'PLANTED' } })
      .jpeg()
      .toBuffer();
    assert.ok(photo.includes('PLANTED'));
    const drawn = await draw(viewer, 'image', photo);
    assert.deepEqual([drawn.width, drawn.height], [400, 200]);
    assert.equal(Buffer.from(drawn.image).includes('PLANTED'), false);
    assert.equal((await sharp(drawn.image).metadata()).exif, undefined);
  });

  test('hostile files are refused in words of their own, and the next one is shown', async () => {
    const bomb = await sharp(red).png().toBuffer();
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const hostile: [string, DrawnKind, Buffer, number, string][] = [
      ['locked', 'pages', lockPdf(), 1, 'invalid/view-locked'],
      ['garbage', 'pages', Buffer.from('%PDF-1.7\n\0\xff not at all', 'latin1'), 1, 'invalid/view-broken'],
      ['cut off', 'pages', good.subarray(0, 300), 1, 'invalid/view-broken'],
      ['no such page', 'pages', good, 3, 'invalid/view-page'],
      ['a bomb of pixels', 'image', bomb, 1, 'invalid/view-large'],
      [
        'half a picture',
        'image',
        (await sharp(red).jpeg().toBuffer()).subarray(0, 60),
        1,
        'invalid/view-broken',
      ],
    ];
    for (const [name, kind, bytes, page, problem] of hostile) {
      assert.equal(await problemOf(draw(viewer, kind, bytes, page)), problem, name);
    }
    const huge = await draw(viewer, 'pages', makePdf(['big'], { wide: 14_400, high: 14_400 }));
    assert.deepEqual([huge.width, huge.height], [600, 600]);
    assert.equal((await draw(viewer, 'pages', good)).text, 'Hello (reader)');
  });

  test('what does not come to an end is ended', async () => {
    const endless = makePdf([deflateSync('0 0 m 300 200 l S\n'.repeat(400_000))]);
    assert.equal(await problemOf(draw(hasty, 'pages', endless)), 'timeout/view-slow');
  });
});

async function problemOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'shown',
    (error: unknown) => (error instanceof MailError ? `${error.code}/${error.reason}` : String(error)),
  );
}

test('the kind of a file by its bytes, whatever it is called', () => {
  const cases: [string, string | null, string | Buffer, string][] = [
    ['text/plain', 'a.txt', 'words', 'text'],
    ['text/plain', 'a.txt', '%PDF-1.4', 'pages'],
    ['application/pdf', 'a.pdf', 'MZ\0\0', 'none'],
    ['image/png', 'a.png', '\x89PNG\r\n\x1a\n', 'image'],
    ['image/svg+xml', 'a.svg', '<svg/>', 'text'],
    ['text/html', 'a.html', '<script>', 'text'],
    ['text/plain', null, 'a\0b', 'none'],
    ['text/csv', null, '\xff\xfea\0', 'text'],
    ['application/octet-stream', 'list.CSV', 'a;b', 'text'],
    ['application/zip', 'a.zip', 'PK', 'none'],
    ['message/rfc822', null, 'From: a', 'text'],
  ];
  for (const [type, name, bytes, kind] of cases) {
    assert.equal(chooseView({ type, name }, Buffer.from(bytes as string, 'latin1')), kind, `${type} ${name}`);
  }
});

test('a page is as wide as is asked, unless that is too many pixels', () => {
  assert.deepEqual(fitPage(300, 200, 600), { width: 600, height: 400 });
  const long = fitPage(100, 10_000, 2600)!;
  assert.ok(long.width * long.height <= 8_000_000 && long.width > 200, JSON.stringify(long));
  for (const [across, down] of [
    [0, 10],
    [10, 0],
    [14_400, 1],
    [Number.NaN, 1],
  ] as const) {
    assert.equal(fitPage(across, down, 600), null);
  }
});

test('a lab session has as files what its policy lets be saved', () => {
  const lab = (...labSaves: string[]) => ({ lab: true, labSaves });
  assert.equal(maySave({ lab: false, labSaves: [] }, 'application/zip'), true);
  assert.equal(maySave(lab(), 'application/pdf'), false);
  assert.equal(maySave(lab('application/pdf'), 'Application/PDF'), true);
  assert.equal(maySave(lab('image/*'), 'image/png'), true);
  assert.equal(maySave(lab('image/*'), 'imagery/png'), false);
});
