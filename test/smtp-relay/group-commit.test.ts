import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeGroupCommit } from '../../smtp-relay/queue/commit/group-commit.ts';

function makeCommit(
  change: { maxItems?: number; maxBytes?: number; fail?: (items: readonly string[]) => boolean } = {},
) {
  const batches: string[][] = [];
  const gate = { open: Promise.resolve() };
  const add = makeGroupCommit<string, string>({
    commit: async (items) => {
      batches.push([...items]);
      await gate.open;
      if (change.fail?.(items) === true) throw new Error(`failed with ${items.join()}`);
      return items.map((item) => item.toUpperCase());
    },
    sizeOf: (item) => item.length,
    maxItems: change.maxItems ?? 100,
    maxBytes: change.maxBytes ?? 1000,
  });
  return { add, batches, gate };
}

describe('makeGroupCommit', () => {
  test('commits together what came together, and next what came meanwhile', async () => {
    const { add, batches, gate } = makeCommit();
    const release = Promise.withResolvers<void>();
    gate.open = release.promise;
    const first = Promise.all([add('a'), add('b')]);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const second = Promise.all([add('c'), add('d'), add('e')]);
    release.resolve();
    assert.deepEqual(await first, ['A', 'B']);
    assert.deepEqual(await second, ['C', 'D', 'E']);
    assert.deepEqual(batches, [
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  test('keeps batches within items and bytes, but takes a large one alone', async () => {
    const { add, batches } = makeCommit({ maxItems: 2, maxBytes: 4 });
    await Promise.all(['a', 'b', 'c', 'toolarge', 'dd', 'ee'].map(async (item) => await add(item)));
    assert.deepEqual(batches, [['a', 'b'], ['c'], ['toolarge'], ['dd', 'ee']]);
  });

  test('lets only the guilty fail', async () => {
    const { add, batches } = makeCommit({ fail: (items) => items.includes('bad') });
    const results = await Promise.allSettled(['a', 'bad', 'c'].map(async (item) => await add(item)));
    assert.deepEqual(
      results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
      ['A', 'failed', 'C'],
    );
    assert.deepEqual(batches, [['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
    assert.equal(await add('later'), 'LATER');
  });

  test('what nobody waits for goes with the next that is waited for, or alone after a moment', async () => {
    const batches: string[][] = [];
    const add = makeGroupCommit<string, string>({
      commit: async (items) => {
        batches.push([...items]);
        return items;
      },
      sizeOf: () => 1,
      mayWait: (item) => item.startsWith('later'),
      waitMs: 50,
      maxItems: 10,
      maxBytes: 1000,
    });
    const later = add('later-1');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(batches, []);
    await Promise.all([add('now'), later]);
    assert.deepEqual(batches, [['later-1', 'now']]);
    await add('later-2');
    assert.deepEqual(batches[1], ['later-2']);
  });
});
