import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import { startBlobWorker } from '../../../storage-server/blob/worker-client.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

test('a request that breaks the worker fails alone; the next call finds a new one', async () => {
  const directory = makeTempDir('worker');
  const worker = await startBlobWorker({ dataDir: directory.path, key: Buffer.alloc(32) }, silentLogger);
  // Places that are no list throw outside of what the worker answers for itself.
  const broken = worker.ask({ kind: 'blobs', memory: [], places: null as never, files: [] });
  await assert.rejects(broken);
  const [stored] = await worker.ask({
    kind: 'blobs',
    memory: [Uint8Array.from([1, 2, 3]).buffer],
    places: Float64Array.of(0, 0, 3),
    files: [],
  });
  assert.equal(stored?.size, 3);
  await worker.close();
  await worker.close();
  directory.remove();
});

test('a data directory that cannot be used is told at once', async () => {
  const directory = makeTempDir('worker');
  const file = join(directory.path, 'a file');
  writeFileSync(file, '');
  await assert.rejects(startBlobWorker({ dataDir: file, key: Buffer.alloc(32) }, silentLogger));
  directory.remove();
});
