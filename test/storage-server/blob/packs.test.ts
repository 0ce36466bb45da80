import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import { BlobRows } from '../../../storage-server/blob/blob-row-store.ts';
import { type LocalBlobStore, openLocalBlobStore } from '../../../storage-server/blob/local-blob-store.ts';
import { ChunkForm, PackWriter } from '../../../storage-server/blob/pack-writer.ts';
import { BlobShelf } from '../../../storage-server/blob/shelf.ts';
import { BlobProof } from '../../../storage-server/blob/blob-proof.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const key = Buffer.alloc(32, 5);

interface Rig {
  dir: string;
  open: () => Promise<LocalBlobStore>;
  listPacks: () => string[];
}

function makeRig(t: TestContext): Rig {
  const directory = makeTempDir('packs');
  t.after(() => directory.remove());
  const dir = directory.path;
  return {
    dir,
    open: async () => await openLocalBlobStore({ dataDir: dir, key, log: silentLogger }),
    listPacks: () => readdirSync(join(dir, 'blobs', 'packs')),
  };
}

async function putAll(store: LocalBlobStore, blobs: Buffer[]): Promise<string[]> {
  return (await store.put(blobs)).map(({ id }) => id);
}

function makeBlobs(count: number): Buffer[] {
  return Array.from({ length: count }, (_, n) => randomBytes(1 + ((n * 7919) % 40_000)));
}

test('blobs of several chunks come back, also from a store opened later', async (t) => {
  const { open, listPacks } = makeRig(t);
  const blobs = [...makeBlobs(60), Buffer.alloc(0), Buffer.alloc(1024 * 1024, 'x')];
  const first = await open();
  const ids = await putAll(first, blobs);
  for (const [index, id] of ids.entries()) assert.ok((await first.read(id)).equals(blobs[index]!));
  await first.close();
  const second = await open();
  for (const [index, id] of ids.entries()) assert.ok((await second.read(id)).equals(blobs[index]!));
  assert.equal(listPacks().length, 1);
  await second.close();
});

test('what a crash left behind the rows does no harm, and packs that no row knows go at the next start', async (t) => {
  const { dir, open, listPacks } = makeRig(t);
  const first = await open();
  const [id] = await putAll(first, [Buffer.from('before the crash')]);
  await first.close();
  const [known] = listPacks();
  appendFileSync(join(dir, 'blobs', 'packs', known!), 'half a chunk');
  writeFileSync(join(dir, 'blobs', 'packs', '4711.pack'), 'rewritten before the crash');
  const second = await open();
  assert.deepEqual(listPacks(), [known]);
  assert.equal((await second.read(id!)).toString(), 'before the crash');
  await second.close();
});

test('a batch that fails leaves nothing, and the next one takes its place', (t) => {
  const { dir } = makeRig(t);
  const shelf = new BlobShelf(dir, key);
  const proof = new BlobProof(dir, key);
  const kept = shelf.transact(() => shelf.put(Buffer.from('kept')));
  const large = randomBytes(200_000);
  let lost = '';
  assert.throws(() =>
    shelf.transact(() => {
      lost = shelf.put(large).id;
      throw new Error('disk full');
    }),
  );
  const next = shelf.transact(() => [shelf.put(Buffer.from('next')), shelf.put(randomBytes(150_000))]);
  const [first, second] = next;
  assert.deepEqual(proof.verify([lost, kept.id, first!.id, second!.id]), [null, 4, 4, 150_000]);
  shelf.close();
  proof.close();
});

test('the sweep writes packs anew that are mostly waste, and nothing that counts is lost', async (t) => {
  const { open, listPacks } = makeRig(t);
  const blobs = makeBlobs(40);
  const first = await open();
  const ids = await putAll(first, blobs);
  await first.compress();
  await first.close();
  const [old] = listPacks();
  const second = await open();
  const used = new Set(ids.filter((_, index) => index % 4 === 0));
  const referred = async (some: readonly string[]): Promise<string[]> => some.filter((id) => used.has(id));
  // Asked for at the same moment, out of the pack that goes.
  const [swept, ...reads] = await Promise.all([
    second.sweep([referred], -1000),
    ...[...used].map(async (id) => await second.read(id)),
  ]);
  assert.equal(swept, 30);
  assert.equal(reads.length, 10);
  assert.ok(!listPacks().includes(old!), 'the old pack is gone');
  for (const [index, id] of ids.entries()) {
    if (used.has(id)) assert.ok((await second.read(id)).equals(blobs[index]!));
    else await assert.rejects(second.read(id), { code: 'not-found' });
  }
  assert.deepEqual(
    await second.verify([...used]),
    ids.flatMap((id, index) => (used.has(id) ? [blobs[index]!.length] : [])),
  );
  await second.close();
  const third = await open();
  for (const id of used) assert.ok((await third.read(id)).length > 0);
  await third.close();
});

test('a pack with a damaged blob stays, with all others moved out of it', async (t) => {
  const { dir, open, listPacks } = makeRig(t);
  const first = await open();
  const blobs = [randomBytes(200_000), randomBytes(200_000)];
  const ids = await putAll(first, blobs);
  await first.compress();
  await first.close();
  const [old] = listPacks();
  const path = join(dir, 'blobs', 'packs', old!);
  const bytes = readFileSync(path);
  bytes[100_000]! ^= 1;
  writeFileSync(path, bytes);
  const second = await open();
  await second.sweep([async (some) => [...some]], -1000);
  assert.equal(listPacks().length, 2);
  await assert.rejects(second.read(ids[0]!), { code: 'internal', reason: 'blob-damaged' });
  assert.ok((await second.read(ids[1]!)).equals(blobs[1]!));
  // Stored again it is whole again.
  await putAll(second, [blobs[0]!]);
  assert.ok((await second.read(ids[0]!)).equals(blobs[0]!));
  await second.close();
});

test('a full pack is followed by another one, and its row says that nobody writes to it', (t) => {
  const { dir } = makeRig(t);
  const rows = new BlobRows(join(dir, 'blobs.sqlite'), 'write');
  const packs = new PackWriter(join(dir, 'blobs'), rows, new ChunkForm());
  const packed = new Set<number>();
  for (let batch = 0; batch < 10; batch++) {
    for (let n = 0; n < 40; n++) packs.add(`${batch}-${n}`.padEnd(43, 'A'), randomBytes(250_000));
    const written = packs.finish();
    for (const { place } of written) packed.add(place.pack);
    rows.transact(() => {
      for (const row of written) rows.insert(row, 1);
      packs.count(written, rows);
    });
    packs.keep();
  }
  assert.deepEqual([...packed], [1, 2]);
  assert.equal(rows.listPack(1).length + rows.listPack(2).length, 400);
  assert.equal(rows.findWastefulPack(0, 0, 0.5), null);
  assert.equal(rows.findWastefulPack(0, 1 << 30, 0.5), 1, 'the second is open still');
  packs.close();
  rows.close();
});
