import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { endTar, makeTarFile, makeTarHeader, sumBlock } from '../../../common/archive/tar.ts';
import type { Finding } from '../../../storage-server/transfer/found-mail.ts';
import { makeSpoolPlace, type SpoolPlace } from '../../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../../storage-server/transfer/read-import.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

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

test('an archive whose list is longer than memory should hold is refused', async () => {
  const manifest = { format: 'valija-archive', version: 1, made: '2026-01-01T00:00:00Z', by: 'somebody' };
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
