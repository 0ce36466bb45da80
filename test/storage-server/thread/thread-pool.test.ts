import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailError } from '../../../common/errors.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeThreadPool } from '../../../storage-server/thread/thread-pool.ts';
import { UserQueue } from '../../../storage-server/thread/user-queue.ts';

const makePool = (
  threads: number,
  idle = 60_000,
  inOne: (request: { say: string }) => boolean = () => false,
) =>
  makeThreadPool<{ say: string; wait?: number }, string>({
    script: new URL('./echo-thread.ts', import.meta.url),
    threads,
    setup: null,
    inOne,
    idle,
    log: silentLogger,
  });
const refuse = async (call: Promise<unknown>, code: string): Promise<void> =>
  await assert.rejects(call, (error: MailError) => error.code === code);

test('threads answer at once, fail for themselves, and come again after they died', async () => {
  const pool = makePool(2);
  const words = ['a', 'b', 'c', 'd', 'e'];
  assert.deepEqual(await Promise.all(words.map(async (say) => await pool.ask({ say, wait: 5 }))), words);
  await refuse(pool.ask({ say: 'fail' }), 'disk-full');
  await refuse(pool.ask({ say: 'die' }), 'unavailable');
  await refuse(pool.ask({ say: 'hang' }, 300), 'timeout');
  assert.equal(await pool.ask({ say: 'again' }, 60_000), 'again');
  await pool.close();
  await refuse(pool.ask({ say: 'late' }), 'unavailable');
});

test('who only waited behind one that took too long is told so, and may ask again', async () => {
  const pool = makePool(1);
  const hanging = refuse(pool.ask({ say: 'hang' }, 300), 'timeout');
  await refuse(pool.ask({ say: 'behind' }, 60_000), 'unavailable');
  await hanging;
  await pool.close();
});

test('a pool that closes answers what it was asked', async () => {
  const pool = makePool(1);
  const asked = pool.ask({ say: 'slow', wait: 100 });
  await Promise.all([pool.close(), asked]);
  assert.equal(await asked, 'slow');
});

test('what loads much is answered by one thread alone, also while that is busy', async () => {
  const pool = makePool(2, 60_000, ({ say }) => say === 'where');
  const busy = pool.ask({ say: 'slow', wait: 100 });
  const [first, second] = await Promise.all([pool.ask({ say: 'where' }), pool.ask({ say: 'where' })]);
  assert.equal(first, second);
  const begun = pool.ask({ say: 'slow', wait: 100 });
  assert.equal(await pool.ask({ say: 'where' }), first);
  await Promise.all([busy, begun]);
  await pool.close();
});

test('threads end when they are idle, and another one starts when it is needed', async () => {
  const pool = makePool(1, 1);
  for (const say of ['a', 'b', 'c']) {
    assert.equal(await pool.ask({ say }), say);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await pool.close();
});

test('users take turns, each once, and who changes again and again is served all the same', async () => {
  const queue = new UserQueue(1, 10);
  for (const user of ['a', 'b', 'a']) queue.touch(user);
  assert.equal(await queue.take(1000), 'a');
  queue.putBack('a');
  assert.equal(await queue.take(1000), 'b');
  assert.equal(await queue.take(1000), 'a');
  assert.equal(await queue.take(5), null);
  const slow = new UserQueue(60_000, 50);
  slow.touch('b');
  slow.touch('b');
  assert.equal(await slow.take(60_000), 'b');
  slow.putBack('a', 60_000);
  slow.touch('b');
  slow.hurry('c');
  assert.equal(await slow.take(0), 'c');
  slow.putBack('d', 60_000);
  const [first, second] = [slow.take(60_000), slow.take(60_000)];
  slow.hurry('e');
  assert.equal(await Promise.race([first, second]), 'e', 'whoever sleeps is woken');
  slow.stop();
  assert.ok((await Promise.all([first, second])).includes(null));
});
