import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Reader } from '../../../server-kit/database/database.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { findIdentical, findSame, findThreads } from '../../../storage-server/mail/ingest/ingest-store.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const KEYS = Array.from({ length: 200 }, (_, n) => `key-${n}`);
const ORIGINAL = { account: 'a', header: 'h', body: 'b' };

for (const [name, ask, index] of [
  ['findSame', async (read: Reader) => void (await findSame(read, 'u', KEYS)), /mail_same/],
  ['findIdentical', async (read: Reader) => void (await findIdentical(read, 'u', ORIGINAL)), /original_/],
  ['findThreads', async (read: Reader) => void (await findThreads(read, 'u', KEYS)), /message_key=/],
] as const) {
  test(`${name} looks only at what it is about, however many mails the user has`, async (t) => {
    const directory = makeTempDir('plan');
    const db = await openDatabase({
      database: { engine: 'sqlite' },
      file: join(directory.path, 'storage.sqlite'),
      schema: 'storage',
      migrations,
      log: silentLogger,
    });
    t.after(async () => {
      await db.close();
      directory.remove();
    });
    const plans: string[] = [];
    await ask({
      ...db.read,
      all: async (query, params) => {
        assert.ok(typeof query === 'string');
        const rows = await db.read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`, params);
        plans.push(...rows.map((row) => row.detail));
        return [];
      },
    });
    assert.ok(plans.length > 0);
    for (const plan of plans) assert.match(plan, index);
  });
}
