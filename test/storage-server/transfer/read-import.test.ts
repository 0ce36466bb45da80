import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { endTar, makeTarFile, makeTarHeader, sumBlock } from '../../../common/archive/tar.ts';
import type { Finding } from '../../../storage-server/transfer/found-mail.ts';
import { makeSpoolPlace, type SpoolPlace } from '../../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../../storage-server/transfer/read-import.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const AT = '2026-01-01T00:00:00Z';
const MESSAGE = Buffer.from('Subject: small\n\nThirty bytes.\n');

const directory = makeTempDir('read-import');
let place: SpoolPlace;
before(async () => void (place = await makeSpoolPlace(directory.path)));
after(() => directory.remove());

async function read(bytes: Buffer): Promise<Finding[]> {
  const found: Finding[] = [];
  const setting = { place, name: 'file', now: Date.now() };
  for await (const finding of readImport(inPieces(bytes), setting)) found.push(finding);
  return found;
}

test('what is gzipped is unpacked once: layers without end would take all memory', async () => {
  const packed = gzipSync(MESSAGE);
  const [found] = await read(packed);
  assert.ok(found !== undefined && 'source' in found && MESSAGE.equals(found.source as Buffer));
  await assert.rejects(read(gzipSync(packed)), { code: 'invalid', reason: 'import-unknown' });
});

test('a gzipped file that was cut off, or is damaged, is refused: the server goes on', async () => {
  const packed = gzipSync(Buffer.concat([MESSAGE, randomBytes(5000)]));
  const damaged = Buffer.from(packed);
  damaged.writeUInt32LE(0, damaged.length - 8);
  for (const bytes of [packed.subarray(0, -100), packed.subarray(0, 12), damaged])
    await assert.rejects(read(bytes), { code: 'invalid', reason: 'archive-damaged' });
});

test('a mail of a tar that is only a link is named', async () => {
  const link = (name: string, type: '1' | '2'): Uint8Array => {
    const header = makeTarHeader(name, 0, Date.now());
    header[156] = type.charCodeAt(0);
    header.set(Buffer.from(`${sumBlock(header).toString(8).padStart(6, '0')}\0 `), 148);
    return header;
  };
  const found = await read(
    Buffer.concat([
      makeTarFile('cur/1.M1:2,S', MESSAGE, Date.now()),
      link('.Work/cur/1.M1:2,S', '1'),
      link('dovecot.index', '2'),
      link('.Old/cur/2.M2:2,S', '2'),
      endTar(),
    ]),
  );
  assert.deepEqual(
    found.map((one) => ('skipped' in one ? [one.skipped.source, one.skipped.reason] : 'mail')),
    ['mail', ['.Work/cur/1.M1:2,S', 'import-link'], ['.Old/cur/2.M2:2,S', 'import-link']],
  );
});

test('a Maildir whose mails are gzipped one by one is unpacked, what is packed otherwise is named', async () => {
  const packed = gzipSync(MESSAGE);
  const zstd = zstdCompressSync(MESSAGE);
  const found = await read(
    Buffer.concat([
      makeTarFile('cur/1.M1.host,S=30:2,S', packed, Date.now()),
      makeTarFile('cur/2.M2.host,S=30:2,S', packed.subarray(0, -9), Date.now()),
      makeTarFile('.Work/cur/3.M3.host,S=30:2,', zstd, Date.now()),
      makeTarFile('.Work/cur/4.M4.host:2,F', MESSAGE, Date.now()),
      endTar(),
    ]),
  );
  const seen = found.map((one) => {
    if ('skipped' in one) return [one.skipped.source, one.skipped.reason];
    return 'source' in one ? [Buffer.from(one.source as Buffer).toString(), one.place.flags] : [];
  });
  assert.deepEqual(seen, [
    [MESSAGE.toString(), ['seen']],
    ['cur/2.M2.host,S=30:2,S', 'archive-damaged'],
    ['.Work/cur/3.M3.host,S=30:2,', 'import-unknown'],
    [MESSAGE.toString(), ['flagged']],
  ]);
});

test('a line of an archive that no row can hold is refused alone', async () => {
  const manifest = { format: 'valija-archive', version: 1, made: AT, by: 'somebody' };
  const sha256 = createHash('sha256').update(MESSAGE).digest('hex');
  const mail = {
    id: 'm',
    sha256,
    size: MESSAGE.length,
    mailbox: 'Inbox',
    role: 'inbox',
    flags: [],
    labels: [],
    date: AT,
    received: AT,
    thread: 't',
    accounts: ['acc_a'],
    others: [],
    sent: null,
    draft: null,
    uidls: [],
  };
  const other = { file: 'x.eml', sha256, size: mail.size };
  const sent = { sendKey: 'k', messageId: '<m>', mailFrom: 'a@b.c', state: 'taken', at: AT, recipients: [] };
  const to = { address: 'a@b.c', state: 'taken' };
  const odd: object[] = [
    { accounts: ['a,b'] },
    { accounts: ['a', 'a'] },
    { others: [{ ...other, account: 'acc_a' }] },
    { accounts: [], others: [{ ...other, account: null }] },
    {
      others: [
        { ...other, account: 'acc_b' },
        { ...other, account: 'acc_b' },
      ],
    },
    { sent: { ...sent, sendKey: 'k'.repeat(65) } },
    { sent: { ...sent, messageId: 'm'.repeat(1001) } },
    { sent: { ...sent, recipients: [to, to] } },
    { sent: { ...sent, recipients: [{ ...to, address: 'a'.repeat(321) }] } },
  ];
  const lines = [...odd, { sent: { ...sent, recipients: [to] } }].map((more, index) =>
    JSON.stringify({ ...mail, file: `mails/${index}.eml`, ...more }),
  );
  const found = await read(
    Buffer.concat([
      makeTarFile('manifest.json', Buffer.from(JSON.stringify(manifest)), Date.now()),
      makeTarFile('mails/0000001.jsonl', Buffer.from(lines.join('\n')), Date.now()),
      makeTarFile(`mails/${odd.length}.eml`, MESSAGE, Date.now()),
      endTar(),
    ]),
  );
  assert.deepEqual(
    found.map((one) => ('skipped' in one ? one.skipped.source : 'mail')),
    [...odd.map((_more, index) => `mails/0000001.jsonl:${index + 1}`), 'mail'],
  );
});

test('an archive whose list is longer than memory should hold is refused', async () => {
  const manifest = { format: 'valija-archive', version: 1, made: AT, by: 'somebody' };
  const long = Buffer.concat([
    makeTarFile('manifest.json', Buffer.from(JSON.stringify(manifest)), Date.now()),
    makeTarFile('mails/0000001.jsonl', Buffer.from('{}\n'.repeat(20_000)), Date.now()),
    endTar(),
  ]);
  await assert.rejects(read(long), { code: 'invalid', reason: 'archive-damaged' });
});

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
}
