import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Finding } from '../../../storage-server/transfer/found-mail.ts';
import { makeSpoolPlace } from '../../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../../storage-server/transfer/read-import.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const MESSAGE = Buffer.from('Subject: small\n\nThirty bytes.\n');

test('what is gzipped is unpacked once: layers without end would take all memory', async (t) => {
  const directory = makeTempDir('read-import');
  t.after(() => directory.remove());
  const place = await makeSpoolPlace(directory.path);
  const read = async (bytes: Buffer): Promise<Finding[]> => {
    const found: Finding[] = [];
    const setting = { place, name: 'file', now: Date.now() };
    for await (const finding of readImport(inPieces(bytes), setting)) found.push(finding);
    return found;
  };
  const packed = gzipSync(MESSAGE);
  const [found] = await read(packed);
  assert.ok(found !== undefined && 'source' in found && MESSAGE.equals(found.source as Buffer));
  await assert.rejects(read(gzipSync(packed)), { code: 'invalid', reason: 'import-unknown' });
});

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}
