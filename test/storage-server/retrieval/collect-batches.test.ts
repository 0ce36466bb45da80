import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as pause } from 'node:timers/promises';
import { BatchCollector } from '../../../storage-server/retrieval/collect-batches.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Sizes of the batches that messages of these sizes make, where storing one takes as long as `turns` messages take to come. */
async function collect(
  sizes: readonly number[],
  turns: number,
  claim = (left: number): number => left,
): Promise<number[]> {
  const batches: number[] = [];
  const collector = new BatchCollector<number>(async (batch) => {
    batches.push(batch.reduce((sum, size) => sum + size, 0));
    for (let turn = 0; turn < turns; turn++) await pause();
  });
  let left = sizes.reduce((sum, size) => sum + size, 0);
  for (const size of sizes) {
    left -= size;
    await collector.add(size, size, claim(left));
    await pause();
  }
  await collector.finish();
  return batches;
}

describe('batches of what a session retrieves', () => {
  const many = Array.from({ length: 800 }, () => 50 * KIB);

  test('the first is small, later ones are not, and together they are all', async () => {
    const batches = await collect(many, 300);
    assert.equal(batches[0], 21 * 50 * KIB);
    assert.ok(batches.some((size) => size >= 6 * MIB));
    assert.equal(
      batches.reduce((sum, size) => sum + size, 0),
      800 * 50 * KIB,
    );
  });

  test('towards the end each takes half of what is left: nobody works beside the last one', async () => {
    const batches = await collect(many, 100);
    assert.deepEqual(
      batches.slice(-4).map((size) => size <= 3 * MIB),
      [true, true, true, true],
    );
    assert.ok(batches.at(-1)! <= MIB);
  });

  test('a server that says nothing of what is to come gets batches as large as any', async () => {
    const batches = await collect(many, 300, () => 0);
    assert.ok(batches.length < 12);
    assert.equal(
      batches.reduce((sum, size) => sum + size, 0),
      800 * 50 * KIB,
    );
  });
});
