import assert from 'node:assert/strict';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startPop3Server } from '../../fakes/pop3-server.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { pollOnce } from './retrieve.ts';
import { openTestStore } from './store.ts';

const MIB = 1 << 20;
/** Where the memory of sessions changes its ways: chunks and blobs, the step to a file, a whole block. */
const EDGES = [128 * 1024, MIB - 1, MIB, MIB + 1, 2 * MIB - 1, 2 * MIB, 2 * MIB + 1];
const USERS = Array.from({ length: 8 }, (_, n) => `user_${n}`);

function makeMessage(size: number): Buffer {
  const head = `Subject: ${randomBytes(6).toString('hex')}\r\n\r\n`;
  const body = randomBytes(Math.ceil((size - head.length) / 2)).toString('hex');
  return Buffer.from(`${head}${body.slice(0, size - head.length - 2)}\r\n`);
}

function makeMaildrop(): Buffer[] {
  const small = Array.from({ length: 80 }, () =>
    makeMessage(40 + randomInt(randomInt(2) === 0 ? 900 : 90_000)),
  );
  const large = [EDGES[randomInt(EDGES.length)]!, EDGES[randomInt(EDGES.length)]!].map(makeMessage);
  return [...small, ...large].sort(() => randomInt(3) - 1);
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('many sessions at once, some cut off and some of their batches failing: each stores its own bytes and no others', async (t) => {
  const temp = makeTempDir('crowded');
  let calls = 0;
  const store = await openTestStore(temp.path, {
    blobs: (real) => ({
      ...real,
      takeIn: async (sources, received) => {
        const stored = await real.takeIn(sources, received);
        if (++calls % 7 === 0) throw new Error('the transaction failed after the blobs were stored');
        return stored;
      },
    }),
  });
  t.after(async () => {
    await store.close();
    temp.remove();
  });
  await Promise.all(
    USERS.map(async (owner) => {
      const messages = makeMaildrop();
      const server = await startPop3Server({ messages });
      t.after(async () => await server.close());
      for (let round = 0; ; round++) {
        assert.ok(round < 40, 'it never ended');
        const abort = new AbortController();
        const stop = 10 + randomInt(messages.length);
        const { error } = await pollOnce(store, {
          port: server.port,
          dir: temp.path,
          owner,
          keep: 'delete',
          account: owner,
          signal: abort.signal,
          onProgress: (done) => {
            if (round < 2 && done > stop) abort.abort();
          },
        });
        if (error === null) break;
      }
      assert.deepEqual(
        server.messages.filter((message) => message !== null),
        [],
      );
      const stored = (await store.readAll(owner)).map(digest).sort();
      assert.deepEqual(stored, messages.map(digest).sort());
    }),
  );
  assert.deepEqual(readdirSync(join(temp.path, 'spool')), []);
});
