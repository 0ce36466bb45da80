import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { BLOCK, DirectWriter } from '../../../storage-server/blob/direct-writer.ts';
import { PackFile } from '../../../storage-server/blob/pack-file.ts';
import { packPath } from '../../../storage-server/blob/pack-reader.ts';
import { prepareFolder } from '../../../storage-server/blob/blob-folder.ts';

const MIB = 1 << 20;
/** linux/magic.h: ext4, XFS, Btrfs. In others files may be memory by their nature, or take a write from any address. */
const DISKS = new Set([0xef53, 0x58465342, 0x9123683e]);
/** Where files are on a disk also when the temporary folder is memory. */
const ON_DISK = '/var/tmp';
const skip =
  existsSync(ON_DISK) && DISKS.has(statfsSync(ON_DISK).type) ? false : `missing: a disk under ${ON_DISK}`;

function makeFile(t: TestContext, openDirect?: (path: string) => DirectWriter | null) {
  const folder = mkdtempSync(join(skip === false ? ON_DISK : tmpdir(), 'valija-pack-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  prepareFolder(folder, []);
  const file = new PackFile(folder, () => 1, openDirect);
  t.after(() => file.close());
  return { file, path: packPath(folder, 1) };
}

/** Pieces of odd sizes, as messages are, in memory that threads share. */
function makePieces(size: number): Uint8Array[] {
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  randomBytes(size).copy(bytes);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < size;) {
    const length = Math.min(size - at, 1 + ((at * 31) % 70_001));
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function assertHolds(path: string, at: number, pieces: readonly Uint8Array[]): void {
  const expected = Buffer.concat(pieces.map((piece) => Uint8Array.from(piece)));
  const found = readFileSync(path).subarray(at, at + expected.length);
  assert.ok(found.equals(expected));
}

function countCached(path: string): number {
  return Number(
    execFileSync('fincore', ['--bytes', '--noheadings', '--output', 'RES', path], { encoding: 'utf8' }),
  );
}

test('many bytes and few stand one behind the other, however they were written', (t) => {
  const { file, path } = makeFile(t);
  const sizes = [3000, 5 * MIB + 1234, 10, 4 * MIB, 2 * MIB - 1, 0, 77, MIB];
  const appended = sizes.map((size) => {
    const pieces = makePieces(size);
    return { pieces, at: file.append(pieces).at };
  });
  file.sync();
  for (const { at, pieces } of appended) assertHolds(path, at, pieces);
  for (const [index, { at }] of appended.entries()) {
    const end = appended[index - 1] === undefined ? 0 : appended[index - 1]!.at + sizes[index - 1]!;
    assert.ok(at >= end && at < end + BLOCK);
  }
});

test('a batch that is undone is written over, by many bytes or by few', (t) => {
  const { file, path } = makeFile(t);
  const kept = makePieces(2 * MIB + 5);
  const { at } = file.append(kept);
  file.sync();
  file.keep();
  for (const size of [3 * MIB, 200, 2 * MIB + 9]) {
    file.append(makePieces(size));
    file.undo();
  }
  const last = makePieces(500);
  const place = file.append(last);
  file.sync();
  assertHolds(path, at, kept);
  assertHolds(path, place.at, last);
  assert.ok(place.at < 2 * MIB + 2 * BLOCK);
});

test('an import leaves the page cache to what is read, a single mail stays in it', { skip }, (t) => {
  const { file, path } = makeFile(t);
  file.append(makePieces(4 * MIB));
  file.sync();
  assert.equal(countCached(path), 0);
  file.append(makePieces(9000));
  file.sync();
  assert.ok(countCached(path) >= 9000);
});

test('where direct writes are refused, all is written as always', { skip }, (t) => {
  // No system takes a direct write from such an address.
  const { buffer } = Buffer.allocUnsafeSlow(MIB + BLOCK);
  const crooked = Buffer.from(buffer, 8 + 1, MIB);
  const { file, path } = makeFile(t, (name) => DirectWriter.open(name, crooked));
  const first = makePieces(3 * MIB + 3);
  const places = [first, makePieces(100), makePieces(2 * MIB)].map((pieces) => ({
    pieces,
    at: file.append(pieces).at,
  }));
  file.sync();
  for (const { pieces, at } of places) assertHolds(path, at, pieces);
  assert.equal(places[1]!.at, places[0]!.at + 3 * MIB + 3);
});
