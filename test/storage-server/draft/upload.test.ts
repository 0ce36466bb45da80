import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, afterEach, before, suite, test } from 'node:test';
import PostalMime from 'postal-mime';
import { MailError } from '../../../common/errors.ts';
import { ATTACHMENT_LIMITS } from '../../../common/shapes/draft.ts';
import { cleanName, cleanType } from '../../../storage-server/draft/attachment-name.ts';
import { UploadDir } from '../../../storage-server/draft/upload-dir.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { ANA, EVE, type PostOffice, makeContent, openPostOffice, settle } from '../sending/post-office.ts';
import { breakAfter, upload } from './upload.ts';

const refused = (code: string, reason: string | null) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason;
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const MIB = 1 << 20;

suite('attachments of drafts', () => {
  let office: PostOffice;
  before(async () => {
    office = await openPostOffice('sqlite');
  });
  after(async () => await office.stop());
  afterEach(async () => {
    await settle(office);
    office.smtp.mails.length = 0;
  });
  const begin = async (): Promise<string> =>
    (await office.outbound.drafts.save(ANA, { id: null, base: null, draft: makeContent() })).id;
  const list = async (draft: string) => (await office.outbound.drafts.open(ANA, draft)).attachments;
  const unfinished = (): string[] => {
    const root = join(office.core.dataDir, 'uploads');
    return readdirSync(root).flatMap((user) => readdirSync(join(root, user)));
  };

  test('a file in one request', async () => {
    const draft = await begin();
    const result = await upload(office, draft, 'hello', 'C:\\temp\\ñ.txt');
    assert.ok('done' in result);
    assert.deepEqual({ ...result.done, id: '' }, { id: '', name: 'ñ.txt', type: 'text/plain', size: 5 });
    assert.deepEqual(await list(draft), [result.done]);
    const [row] = await office.core.mails.readRows(ANA, [draft]);
    assert.equal(row?.attachments, 1);
    assert.equal((await office.outbound.drafts.open(ANA, draft)).version, 1, 'the text is not stale by it');
    assert.deepEqual(unfinished(), []);
  });

  test('a line that breaks in the middle goes on where it broke', async () => {
    const draft = await begin();
    const content = randomBytes(3 * MIB);
    const piece = { key: 'k-1', total: content.length };
    await assert.rejects(
      upload(office, draft, breakAfter(content.subarray(0, MIB)), 'big.bin', piece),
      refused('dropped', null),
    );
    await office.restart();
    const offset = await office.outbound.drafts.uploadOffset(ANA, draft, 'k-1');
    assert.ok(offset > 0 && offset <= MIB, String(offset));
    await assert.rejects(
      upload(office, draft, content, 'big.bin', { ...piece, offset: offset + 1 }),
      (error: unknown) =>
        error instanceof MailError &&
        error.reason === 'upload-offset' &&
        (error.current as { offset: number }).offset === offset,
    );
    const middle = await upload(office, draft, content.subarray(offset, 2 * MIB), 'big.bin', {
      ...piece,
      offset,
    });
    assert.deepEqual(middle, { offset: 2 * MIB });
    const end = await upload(office, draft, content.subarray(2 * MIB), 'big.bin', {
      ...piece,
      offset: 2 * MIB,
    });
    assert.ok('done' in end);
    const again = await upload(office, draft, content.subarray(2 * MIB), 'big.bin', {
      ...piece,
      offset: 2 * MIB,
    });
    assert.deepEqual(again, end, 'a repeated last request answers the same');
    assert.equal((await list(draft)).length, 1);
    const [row] = await office.core.db.read.all<{ blob_id: string }>(
      'SELECT blob_id FROM draft_attachment WHERE mail = ?',
      [draft],
    );
    assert.equal(hash(await office.core.blobs.read(row!.blob_id)), hash(content));
  });

  test('a new request ends the one that hangs in a dead line', async () => {
    const draft = await begin();
    const hanging = new Readable({ read: () => undefined });
    hanging.push('abc');
    const first = upload(office, draft, hanging, 'x', { key: 'k-2', total: 6 });
    const failed = assert.rejects(first, MailError);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const offset = await office.outbound.drafts.uploadOffset(ANA, draft, 'k-2');
    await failed;
    const result = await upload(office, draft, 'abcdef'.slice(offset), 'x', { key: 'k-2', total: 6, offset });
    assert.ok('done' in result && result.done.size === 6);
  });

  test('the same piece sent twice at once is written once', async () => {
    const draft = await begin();
    const results = await Promise.allSettled(
      [1, 2, 3].map(async () => await upload(office, draft, 'abc', 'x', { key: 'k-3', total: 6 })),
    );
    const offset = await office.outbound.drafts.uploadOffset(ANA, draft, 'k-3');
    assert.ok(offset === 0 || offset === 3, String(offset));
    assert.ok(results.filter((one) => one.status === 'fulfilled').length <= 1);
    const end = await upload(office, draft, 'abcdef'.slice(offset), 'x', { key: 'k-3', total: 6, offset });
    assert.ok('done' in end);
    const [row] = await office.core.db.read.all<{ blob_id: string }>(
      'SELECT blob_id FROM draft_attachment WHERE mail = ?',
      [draft],
    );
    assert.equal((await office.core.blobs.read(row!.blob_id)).toString(), 'abcdef');
  });

  test('an empty file is a file', async () => {
    const draft = await begin();
    const result = await upload(office, draft, '', 'empty.txt', { key: 'k-4', total: 0 });
    assert.ok('done' in result && result.done.size === 0);
    const sent = office.smtp.mails.length;
    await office.outbound.sending.send(ANA, { draft, undo: 0, at: null, key: null });
    await office.until(draft, () => office.smtp.mails.length > sent);
    const mail = await PostalMime.parse(office.smtp.mails.at(-1)!.raw);
    const empty = mail.attachments[0]!;
    assert.equal(empty.filename, 'empty.txt');
    assert.equal((empty.content as ArrayBuffer).byteLength, 0);
  });

  test('an attached mail that holds what no mail may goes as bytes', async () => {
    const draft = await begin();
    const fine = 'From: a@x.test\n\nhi\n';
    const odd = `From: a@x.test\n\n${'x'.repeat(2000)}\n`;
    await upload(office, draft, fine, 'fine.eml', { type: 'message/rfc822' });
    await upload(office, draft, odd, 'odd.eml', { type: 'message/rfc822' });
    await office.outbound.sending.send(ANA, { draft, undo: 0, at: null, key: null });
    await office.until(draft, () => office.smtp.mails.length === 1);
    const raw = office.smtp.mails.pop()!.raw.toString();
    assert.match(raw, /Content-Type: message\/rfc822; name=fine\.eml/);
    assert.match(
      raw,
      /Content-Type: application\/octet-stream; name=odd\.eml\r\nContent-Transfer-Encoding: base64/,
    );
    assert.ok(raw.split('\r\n').every((line) => line.length <= 998));
  });

  test('30 MB leave byte by byte', async () => {
    const draft = await begin();
    const content = randomBytes(30_000_000);
    await upload(
      office,
      draft,
      Readable.from([content.subarray(0, 9_999_999), content.subarray(9_999_999)]),
      'big.bin',
    );
    const status = await office.outbound.sending.send(ANA, { draft, undo: 0, at: null, key: null });
    await office.until(status.id, () => office.smtp.mails.length === 1);
    const mail = await PostalMime.parse(office.smtp.mails[0]!.raw);
    const [attachment] = mail.attachments;
    assert.equal(attachment?.filename, 'big.bin');
    assert.equal(hash(new Uint8Array(attachment?.content as ArrayBuffer)), hash(content));
  });

  test('more than 50 MB together are refused, before or while they come', async () => {
    const draft = await begin();
    const room = ATTACHMENT_LIMITS.totalBytes;
    await assert.rejects(
      upload(office, draft, 'x', 'x', { key: 'k', total: room + 1 }),
      refused('too-large', 'attachments'),
    );
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(8 * MIB);
      })(),
    );
    await assert.rejects(upload(office, draft, endless, 'x'), refused('too-large', 'attachments'));
    assert.deepEqual(await list(draft), []);
  });

  test('detached it is gone from the draft and its row', async () => {
    const draft = await begin();
    const result = await upload(office, draft, 'hello', 'a.txt');
    assert.ok('done' in result);
    await office.outbound.drafts.detach(ANA, draft, result.done.id);
    assert.deepEqual(await list(draft), []);
    assert.equal((await office.core.mails.readRows(ANA, [draft]))[0]?.attachments, 0);
    await assert.rejects(
      office.outbound.drafts.detach(ANA, draft, result.done.id),
      refused('not-found', 'attachment'),
    );
  });

  test('two files at the same time are both there', async () => {
    const draft = await begin();
    await Promise.all(['a', 'b', 'c'].map(async (name) => await upload(office, draft, name, name)));
    assert.equal((await list(draft)).length, 3);
    assert.equal((await office.core.mails.readRows(ANA, [draft]))[0]?.attachments, 3);
  });

  test('nothing goes to what is no draft, no more, or another’s', async () => {
    const draft = await begin();
    const body = (): Readable => Readable.from([Buffer.from('x')]);
    const piece = { draft, name: 'x', type: 'text/plain', key: null, offset: 0, total: null };
    await assert.rejects(
      office.outbound.drafts.upload(EVE, { ...piece, body: body() }),
      refused('not-found', 'draft'),
    );
    await assert.rejects(office.outbound.drafts.uploadOffset(EVE, draft, 'k'), refused('not-found', 'draft'));
    await office.outbound.sending.send(ANA, { draft, undo: 30, at: null, key: null });
    await assert.rejects(
      office.outbound.drafts.upload(ANA, { ...piece, body: body() }),
      refused('conflict', 'draft-sent'),
    );
    await office.outbound.sending.cancel(ANA, draft);
    await office.outbound.drafts.upload(ANA, { ...piece, body: body() });
  });
});

suite('unfinished uploads', () => {
  const folder = makeTempDir('uploads');
  after(() => folder.remove());
  const clock = { at: Date.now(), now: () => clock.at };
  const body = (text: string): Readable => Readable.from([Buffer.from(text)]);
  const piece = { user: 'u', draft: 'd', offset: 0, limit: 100, quota: 10 };

  test('take no more of the disk than a user’s share', async () => {
    const dir = new UploadDir(folder.path, clock);
    await dir.append({ ...piece, key: '1', body: body('123456') });
    await assert.rejects(
      dir.append({ ...piece, key: '2', body: body('123456') }),
      refused('quota', 'uploads'),
    );
    assert.equal(await dir.append({ ...piece, user: 'other', key: '2', body: body('123456') }), 6);
  });

  test('give way, the oldest first, to one that needs their room, once nobody goes on with them', async () => {
    const dir = new UploadDir(folder.path, clock);
    const mine = { ...piece, user: 'busy', limit: 6 };
    await dir.append({ ...mine, key: 'old', body: body('1234') });
    clock.at += 2 * 60_000;
    const add = async (key: string, text: string): Promise<number> => {
      const size = await dir.append({ ...mine, key, body: body(text) });
      utimesSync(dir.pathOf({ ...mine, key }), clock.at / 1000, clock.at / 1000);
      return size;
    };
    await add('new', '123');
    assert.equal(await add('third', '123456'), 6);
    assert.equal(await dir.offsetOf({ ...mine, key: 'old' }), 0);
    assert.equal(await dir.offsetOf({ ...mine, key: 'new' }), 3);
    await assert.rejects(add('fourth', '123456'), refused('quota', 'uploads'));
  });

  test('are given up after a day', async () => {
    const dir = new UploadDir(folder.path, clock);
    await dir.append({ ...piece, user: 'late', key: '1', body: body('1') });
    await dir.sweep();
    assert.equal(await dir.offsetOf({ ...piece, user: 'late', key: '1' }), 1);
    clock.at += 25 * 3600_000;
    await dir.sweep();
    assert.deepEqual(readdirSync(folder.path), []);
  });
});

suite('names and types of attachments', () => {
  for (const [given, expected] of [
    ['../../etc/passwd', 'passwd'],
    ['a\r\nb.txt', 'a b.txt'],
    ['invoice\u202efdp.exe', 'invoice fdp.exe'],
    ['', 'file'],
    ['..', 'file'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
  ] as const) {
    test(JSON.stringify(given.slice(0, 30)), () => assert.equal(cleanName(given), expected));
  }
  for (const [given, expected] of [
    ['Image/PNG; name=x', 'image/png'],
    ['text/html\r\nX: y', 'application/octet-stream'],
    ['multipart/mixed', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ] as const) {
    test(JSON.stringify(given), () => assert.equal(cleanType(given), expected));
  }
});
