import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyedLock } from '../../server-kit/keyed-lock.ts';

test('work of one key keeps its order, also after a failure; other keys do not wait', async () => {
  const lock = new KeyedLock();
  const done: string[] = [];
  let release = (): void => undefined;
  const held = lock.run('a', async () => {
    await new Promise<void>((resolve) => (release = resolve));
    done.push('a1');
    throw new Error('a1 fails');
  });
  const second = lock.run('a', async () => done.push('a2'));
  await lock.run('b', async () => done.push('b1'));
  assert.deepEqual(done, ['b1']);
  release();
  await assert.rejects(held, /a1 fails/);
  await second;
  assert.deepEqual(done, ['b1', 'a1', 'a2']);
});
