import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import { GroupWrites } from '../../server-kit/database/group-writes.ts';

/** Counts transactions; what is written in one that fails is gone. */
function makeDatabase() {
  const rows: string[] = [];
  const seen = { transactions: 0, rows };
  const write = async <T>(work: (tx: Writer) => Promise<T>): Promise<T> => {
    seen.transactions += 1;
    const mine: string[] = [];
    const run = async (text: unknown) => {
      mine.push(String(text));
      return { changes: 1, insertId: 0 };
    };
    const value = await work({ run } as unknown as Writer);
    rows.push(...mine);
    return value;
  };
  return { db: { write } as unknown as Database, seen };
}

test('writes of one moment are one transaction, each with its own answer', async () => {
  const { db, seen } = makeDatabase();
  const group = new GroupWrites(db, 5);
  const add = async (text: string) =>
    await group.write(async (tx) => {
      await tx.run(text);
      return `${text}!`;
    });
  assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(add)), ['a!', 'b!', 'c!']);
  assert.deepEqual(seen, { transactions: 1, rows: ['a', 'b', 'c'] });
  assert.equal(await add('d'), 'd!');
  assert.equal(seen.transactions, 2);
  await Promise.all(Array.from({ length: 250 }, async (_, n) => await add(String(n))));
  assert.equal(seen.transactions, 5, 'a hundred at most');
});

test('one that fails fails alone', async () => {
  const { db, seen } = makeDatabase();
  const group = new GroupWrites(db, 5);
  const results = await Promise.allSettled(
    ['a', 'bad', 'c'].map(
      async (text) =>
        await group.write(async (tx) => {
          await tx.run(text);
          if (text === 'bad') throw new Error('refused');
        }),
    ),
  );
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(seen.rows, ['a', 'c']);
  await assert.rejects(
    group.write(async () => await Promise.reject(new Error('alone'))),
    /alone/,
  );
});
