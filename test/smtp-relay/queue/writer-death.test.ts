import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { silentLogger } from '../../../server-kit/log.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { openQueueDatabase, type QueueDatabase } from '../../../smtp-relay/queue/commit/queue-database.ts';
import { makeQueueWriter } from '../../../smtp-relay/queue/commit/queue-writer.ts';
import { makeMail } from '../../harness/queued-mails.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

describe('when the thread that writes dies', () => {
  let directory: ReturnType<typeof makeTempDir>;
  let queue: QueueDatabase;
  const threads: Worker[] = [];
  const note = (worker: Worker): void => void threads.push(worker);
  const kill = async (): Promise<unknown> => await threads.at(-1)?.terminate();

  beforeEach(async () => {
    process.on('worker', note);
    directory = makeTempDir('writer-death');
    const file = join(directory.path, 'queue.sqlite');
    const database = { engine: 'sqlite' } as const;
    queue = await openQueueDatabase({ database, file, schema: 'relay', migrations, log: silentLogger });
  });
  afterEach(async () => {
    process.off('worker', note);
    await queue.database.close();
    directory.remove();
  });

  test('a transaction of before does not go on in one of its successor', async () => {
    const { database } = queue;
    const insert = 'INSERT INTO home (id, seq) VALUES (?, 1)';
    const begun = Promise.withResolvers<void>();
    const died = Promise.withResolvers<void>();
    const next = Promise.withResolvers<void>();
    const old = database.write(async (tx) => {
      await tx.run(insert, ['old-1']);
      begun.resolve();
      await died.promise;
      await tx.run(insert, ['old-2']);
    });
    const oldEnds = assert.rejects(old);
    await begun.promise;
    await kill();
    await database.write(async (tx) => {
      await tx.run(insert, ['new-1']);
      died.resolve();
      await oldEnds;
      await tx.run(insert, ['new-2']);
      next.resolve();
    });
    await next.promise;
    assert.deepEqual(await database.read.all('SELECT id FROM home ORDER BY id'), [
      { id: 'new-1' },
      { id: 'new-2' },
    ]);
  });

  test('mails of that moment are queued by its successor, each once', async () => {
    const writer = makeQueueWriter(queue.commit);
    const mails = Array.from({ length: 20 }, () => makeMail());
    await writer.enqueue(makeMail(), null);
    const queued = mails.map(async (mail) => await writer.enqueue(mail, null));
    await new Promise((resolve) => setImmediate(resolve));
    await kill();
    const answers = await Promise.allSettled(queued);
    const rows = await queue.database.read.all<{ id: string }>('SELECT id FROM mail');
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 'rejected') continue;
      assert.ok(rows.some(({ id }) => id === mails[index]?.id));
    }
    assert.ok((await writer.enqueue(makeMail(), null)).added, 'it goes on');
  });
});
