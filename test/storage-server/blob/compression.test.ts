import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createSecretKey } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Sqlite from 'better-sqlite3';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeBlobId } from '../../../storage-server/blob/blob-id.ts';
import { BlobRows } from '../../../storage-server/blob/blob-row-store.ts';
import { compressPack, FIRST_RAW, type RawPlace } from '../../../storage-server/blob/compress-pack.ts';
import { Compression } from '../../../storage-server/blob/compression.ts';
import { type LocalBlobStore, openLocalBlobStore } from '../../../storage-server/blob/local-blob-store.ts';
import { ChunkForm, PackWriter } from '../../../storage-server/blob/pack-writer.ts';
import type { BlobWorkers } from '../../../storage-server/blob/worker-client.ts';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { KEY, makeBlobs } from './compress-blobs.ts';

const CHILD = join(import.meta.dirname, 'compress-child.ts');
const secret = createSecretKey(KEY);
const ids = makeBlobs().map((blob) => makeBlobId(secret, blob));

function makeDir(t: TestContext): string {
  const directory = makeTempDir('compression');
  t.after(() => directory.remove());
  return directory.path;
}

async function openStore(t: TestContext, dir: string): Promise<LocalBlobStore> {
  const store = await openLocalBlobStore({ dataDir: dir, key: KEY, log: silentLogger });
  t.after(async () => await store.close());
  return store;
}

async function demandAll(store: LocalBlobStore): Promise<void> {
  const blobs = makeBlobs();
  for (const [index, id] of ids.entries())
    assert.ok((await store.read(id)).equals(blobs[index]!), `blob ${index}`);
  assert.deepEqual(
    await store.verify(ids),
    blobs.map(({ length }) => length),
  );
}

function measurePacks(dir: string): number {
  const packs = join(dir, 'blobs', 'packs');
  return readdirSync(packs).reduce((sum, name) => sum + statSync(join(packs, name)).size, 0);
}

function countRaw(dir: string): number {
  const db = new Sqlite(join(dir, 'blobs.sqlite'), { readonly: true });
  const { count } = db
    .prepare<[], { count: number }>(
      'SELECT COUNT(*) AS count FROM blob WHERE pack IS NOT NULL AND inside IS NULL',
    )
    .get()!;
  db.close();
  return count;
}

test('what comes in stands as it came, and is compressed while it is read', async (t) => {
  const dir = makeDir(t);
  const store = await openStore(t, dir);
  await store.put(makeBlobs());
  assert.equal(countRaw(dir), ids.length);
  const before = measurePacks(dir);
  const state = { compressing: true };
  const compressed = store.compress().finally(() => (state.compressing = false));
  let reads = 0;
  while (state.compressing) {
    await demandAll(store);
    reads += 1;
  }
  await compressed;
  assert.ok(reads > 0);
  assert.equal(countRaw(dir), 0);
  assert.ok(measurePacks(dir) < before / 10);
  await demandAll(store);
  // More of the same comes in, and one that is there already.
  await store.put([Buffer.from('later'), makeBlobs()[3]!]);
  await store.compress();
  await demandAll(store);
  assert.equal(readdirSync(join(dir, 'blobs', 'packs')).length, 1, 'it goes into the same pack');
});

for (const [point, nth] of [
  ['compressed', 1],
  ['compressed', 2],
  ['moved', 1],
  ['moved', 3],
] as const) {
  test(`killed where it is ${point} for the ${nth}. time, nothing is lost and the next process goes on`, async (t) => {
    const dir = makeDir(t);
    const { signal, stderr } = spawnSync(process.execPath, [CHILD, dir, point, String(nth)], {
      encoding: 'utf8',
    });
    assert.equal(signal, 'SIGKILL', stderr);
    const store = await openStore(t, dir);
    await demandAll(store);
    await store.compress();
    assert.equal(countRaw(dir), 0);
    await demandAll(store);
  });
}

test('a full disk loses nothing, and the next pass goes on', async (t) => {
  const dir = makeDir(t);
  const first = await openLocalBlobStore({ dataDir: dir, key: KEY, log: silentLogger });
  await first.put(makeBlobs());
  await first.close();
  const rows = new BlobRows(join(dir, 'blobs.sqlite'), 'write');
  rows.closePacks();
  const folder = join(dir, 'blobs');
  const full = new ChunkForm();
  let left = 5;
  full.flush = (file) => {
    if (left-- === 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    return ChunkForm.prototype.flush.call(full, file);
  };
  const packs = new PackWriter(folder, rows, full);
  const compress = (): void => {
    let from: RawPlace | null = FIRST_RAW;
    while (from !== null) from = compressPack({ rows, packs, folder, key: secret }, from);
  };
  assert.throws(compress, { code: 'ENOSPC' });
  const raw = countRaw(dir);
  assert.ok(raw > 0);
  const store = await openStore(t, dir);
  await demandAll(store);
  compress();
  assert.equal(countRaw(dir), 0);
  packs.close();
  rows.close();
  await demandAll(store);
});

test('after a failure another pass is made by itself', async () => {
  let passes = 0;
  const warned: string[] = [];
  // What waits for the next pass keeps no process alive.
  const alive = setInterval(() => undefined, 1000);
  let compression: Compression | null = null as Compression | null;
  const again = new Promise<void>((resolve) => {
    const workers = {
      askAll: async () => [],
      ask: async () => {
        passes += 1;
        if (passes === 1) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        resolve();
        return null;
      },
    } as unknown as BlobWorkers;
    const log = { ...silentLogger, warn: (event: string) => void warned.push(event) };
    compression = new Compression(workers, log, { quiet: 0, patience: 0, again: 1 });
  });
  await again;
  await compression?.stop();
  clearInterval(alive);
  assert.deepEqual(warned, ['blob.compression-failed']);
});

test('a damaged blob stays where it is, with its pack, and all others move', async (t) => {
  const dir = makeDir(t);
  const store = await openStore(t, dir);
  await store.put(makeBlobs());
  const [name] = readdirSync(join(dir, 'blobs', 'packs'));
  const path = join(dir, 'blobs', 'packs', name!);
  const bytes = readFileSync(path);
  const at = bytes.indexOf('body 201 ');
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
  await store.compress();
  assert.equal(countRaw(dir), 1);
  assert.ok(readdirSync(join(dir, 'blobs', 'packs')).includes(name!));
  await assert.rejects(store.read(ids[201]!), { code: 'internal', reason: 'blob-damaged' });
  await store.put([makeBlobs()[201]!]);
  await store.compress();
  await demandAll(store);
  assert.ok(!readdirSync(join(dir, 'blobs', 'packs')).includes(name!));
});

test('a data directory of before is read, and written to', async (t) => {
  const dir = makeDir(t);
  const first = await openLocalBlobStore({ dataDir: dir, key: KEY, log: silentLogger });
  await first.put(makeBlobs());
  await first.compress();
  await first.close();
  const db = new Sqlite(join(dir, 'blobs.sqlite'));
  db.exec('DROP INDEX blob_place; ALTER TABLE pack DROP COLUMN raw');
  db.close();
  const store = await openStore(t, dir);
  await demandAll(store);
  await store.put([Buffer.from('new')]);
  await store.compress();
  await demandAll(store);
});

test(
  'rows name nothing that is not synced, and no pack goes before the rows are',
  { skip: missingComponent('strace') },
  (t) => {
    const dir = makeDir(t);
    const file = join(dir, 'trace');
    const calls = 'pwrite64,pwritev,write,writev,fsync,fdatasync,unlink,unlinkat';
    const run = spawnSync(
      'strace',
      ['-f', '-y', '-s', '0', '-e', `trace=${calls}`, '-o', file, process.execPath, CHILD, dir],
      {
        encoding: 'utf8',
      },
    );
    assert.equal(run.status, 0, run.stderr);
    const dirty = new Set<string>();
    const seen = { commits: 0, removed: 0 };
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [, call = '', path = ''] = /^\d+ +(\w+)\(\d+<([^>]*)>/.exec(line) ?? [];
      const gone = /^\d+ +unlink(?:at\(AT_FDCWD[^,]*)?[(,] ?"([^"]*)"/.exec(line)?.[1];
      if (gone?.endsWith('.pack') === true) {
        seen.removed += 1;
        assert.deepEqual([...dirty], [], 'unsynced when a pack goes');
      } else if (!path.startsWith(dir) || path.endsWith('-shm')) continue;
      else if (!call.startsWith('f')) dirty.add(path);
      else {
        dirty.delete(path);
        if (!path.endsWith('-wal')) continue;
        seen.commits += 1;
        assert.deepEqual([...dirty], [], 'unsynced when rows are committed');
      }
    }
    assert.ok(seen.commits > 8, `${seen.commits} commits`);
    assert.ok(seen.removed >= 1, 'a pack was removed');
  },
);
