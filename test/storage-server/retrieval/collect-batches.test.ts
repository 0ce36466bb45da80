import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as pause } from 'node:timers/promises';
import { BatchCollector } from '../../../storage-server/retrieval/collect-batches.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Sizes of the batches that messages of these sizes make, where storing one takes as long as `turns` messages take to come. */
async function collect(sizes: readonly number[], turns: number): Promise<number[]> {
  const batches: number[] = [];
  const collector = new BatchCollector<number>(async (batch) => {
    batches.push(batch.reduce((sum, size) => sum + size, 0));
    for (let turn = 0; turn < turns; turn++) await pause();
  });
  let left = sizes.reduce((sum, size) => sum + size, 0);
  for (const size of sizes) {
    left -= size;
    await collector.add(size, size, left);
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

  test('a server that says too little of what is to come changes nothing but their size', async () => {
    const stored: number[] = [];
    const collector = new BatchCollector<number>(async (batch) => void stored.push(...batch));
    for (const one of [1, 2, 3]) await collector.add(one, 2 * MIB, -5 * MIB);
    await collector.finish();
    assert.deepEqual(stored, [1, 2, 3]);
  });
});
