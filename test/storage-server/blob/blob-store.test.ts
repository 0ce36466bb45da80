import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { silentLogger } from '../../../server-kit/log.ts';
import { type LocalBlobStore, openLocalBlobStore } from '../../../storage-server/blob/local-blob-store.ts';
import { blobPath } from '../../../storage-server/blob/blob-folder.ts';
import { loadStoreKeys } from '../../../storage-server/blob/store-key.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const key = Buffer.alloc(32, 3);

/** Bytes that do not compress, the same at each run. */
function noise(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at < size; at++)
    bytes[at] = (state = (Math.imul(state, 1_103_515_245) + 12_345) | 0) >>> 16;
  return bytes;
}

describe('local blob store', () => {
  const directory = makeTempDir('blobs');
  let store: LocalBlobStore;
  before(async () => {
    store = await openLocalBlobStore({ dataDir: directory.path, key, log: silentLogger });
  });
  after(async () => {
    await store.close();
    directory.remove();
  });

  const put = async (bytes: Buffer): Promise<string> => {
    const [stored] = await store.put([bytes]);
    assert.equal(stored?.size, bytes.length);
    return stored.id;
  };
  const readRange = async (id: string, start: number, end: number): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    for await (const piece of store.open(id, start, end)) pieces.push(piece);
    return Buffer.concat(pieces);
  };

  for (const [name, bytes] of [
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0])],
    ['NULs', Buffer.alloc(5000)],
    ['text', Buffer.from('text '.repeat(3000))],
    ['noise', noise(10_000)],
    ['exactly the largest of a pack', noise(1024 * 1024)],
    ['the smallest file', noise(1024 * 1024 + 1)],
    ['exactly two frames', noise(2 * 1024 * 1024)],
    ['several frames', noise(3_500_000)],
    ['several frames of text', Buffer.from('text '.repeat(600_000))],
    ['frames of both kinds', Buffer.concat([noise(1_500_000), Buffer.alloc(2_000_000, 'x')])],
    ['a frame that only begins like text', Buffer.concat([Buffer.alloc(40_000, 'x'), noise(1_200_000)])],
  ] as const) {
    test(`${name}: exact bytes come back, whole and in ranges`, async () => {
      const id = await put(bytes);
      assert.ok((await store.read(id)).equals(bytes));
      const { length } = bytes;
      for (const [start, end] of [
        [0, length],
        [0, Math.min(1, length)],
        [Math.max(0, length - 1), length],
        [Math.floor(length / 3), Math.floor((2 * length) / 3)],
        [Math.min(length, 1_048_575), Math.min(length, 1_048_577)],
      ] as const) {
        assert.ok((await readRange(id, start, end)).equals(bytes.subarray(start, end)), `${start}-${end}`);
      }
      assert.equal(await put(bytes), id);
    });
  }

  test('a file is stored as its bytes are, without being moved', async () => {
    const path = join(directory.path, 'source');
    const bytes = noise(2_000_000, 5);
    writeFileSync(path, bytes);
    const [stored] = await store.put([{ path, size: bytes.length }]);
    assert.equal(stored?.id, await put(bytes));
    assert.equal(statSync(path).size, bytes.length);
  });

  test('ids depend on the key: nobody outside can tell what is stored', async () => {
    const other = makeTempDir('blobs-other');
    const second = await openLocalBlobStore({
      dataDir: other.path,
      key: Buffer.alloc(32, 4),
      log: silentLogger,
    });
    const [stored] = await second.put([Buffer.from('known content')]);
    await second.close();
    other.remove();
    assert.notEqual(stored?.id, await put(Buffer.from('known content')));
  });

  test('what is not there and what is damaged are told apart', async () => {
    await assert.rejects(store.read('x'.repeat(43)), { code: 'not-found', reason: 'blob' });
    const bytes = noise(1_600_000, 9);
    const id = await put(bytes);
    const path = blobPath(join(directory.path, 'blobs'), id);
    const stored = readFileSync(path);
    stored[300_000] = (stored[300_000] ?? 0) ^ 1;
    writeFileSync(path, stored);
    await assert.rejects(store.read(id), { code: 'internal', reason: 'blob-damaged' });
    await assert.rejects(readRange(id, 200_000, 400_000), { code: 'internal', reason: 'blob-damaged' });
  });

  test('what cannot be read for a moment is not called damaged', async () => {
    const bytes = noise(1_600_000, 11);
    const id = await put(bytes);
    const script = join(import.meta.dirname, 'read-without-files.ts');
    const args = [script, directory.path, key.toString('hex'), id];
    const limited = ['-c', 'ulimit -n 120; exec "$0" "$@"', process.execPath, ...args];
    const { stdout } = await promisify(execFile)('bash', limited);
    const lacking = { code: 'unavailable', temporary: true };
    assert.deepEqual(JSON.parse(stdout), [bytes.length, lacking, bytes.length]);
  });

  test('the sweep takes what nothing refers to, and only that', async () => {
    const small = await put(Buffer.from('swept small'));
    const large = await put(noise(1_300_000, 11));
    const kept = await put(Buffer.from('kept'));
    assert.equal(await store.sweep([async () => []], 60_000), 0);
    const referred = async (ids: readonly string[]): Promise<string[]> =>
      ids.filter((id) => id !== small && id !== large);
    assert.equal(await store.sweep([referred], -1000), 2);
    for (const id of [small, large]) await assert.rejects(store.read(id), { code: 'not-found' });
    assert.equal((await store.read(kept)).toString(), 'kept');
    assert.ok(!existsSync(blobPath(join(directory.path, 'blobs'), large)));
    assert.equal(await put(noise(1_300_000, 11)), large);
    assert.equal((await store.read(large)).length, 1_300_000);
  });

  test('a failing request leaves the others and the store alone', async () => {
    const failing = store.put([{ path: join(directory.path, 'no such file'), size: 1 }]);
    // Sent at once, so that both are in one group of the worker.
    const working = put(Buffer.from('still works'));
    await assert.rejects(failing);
    assert.equal((await store.read(await working)).toString(), 'still works');
    assert.deepEqual(readdirSync(join(directory.path, 'blobs', 'incoming')), []);
  });
});

test('no other key is made for a store that is there', async () => {
  const directory = makeTempDir('store-key');
  await loadStoreKeys(directory.path);
  writeFileSync(join(directory.path, 'blobs.sqlite'), '');
  rmSync(join(directory.path, 'store.key'));
  await assert.rejects(loadStoreKeys(directory.path), { code: 'unavailable', reason: 'store-key-missing' });
  assert.deepEqual(readdirSync(directory.path), ['blobs.sqlite']);
  directory.remove();
});

test('the store’s key is made once, readable by its owner only', async () => {
  const directory = makeTempDir('store-key');
  const first = await loadStoreKeys(directory.path);
  const second = await loadStoreKeys(directory.path);
  assert.deepEqual(first, second);
  assert.ok(!first.blob.equals(first.url));
  assert.equal(statSync(join(directory.path, 'store.key')).mode & 0o777, 0o400);
  directory.remove();
});
