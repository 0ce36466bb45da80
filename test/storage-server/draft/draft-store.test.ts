import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Database } from '../../../server-kit/database/database.ts';
import {
  insertDraft,
  listDrafts,
  lockDraft,
  markDraftSent,
  readDraft,
  reopenDraft,
  updateDraft,
} from '../../../storage-server/draft/draft-store.ts';
import { NO_THREAD } from '../../../storage-server/draft/draft-thread.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { makeContent } from '../sending/post-office.ts';

/** What another process of the same home could do between our reading and our writing. */
for (const engine of ENGINES) {
  suite(`rows of drafts on ${engine}`, { skip: missingEngine(engine) }, () => {
    let server: TestEngine;
    let db: Database;
    before(async () => {
      server = await startEngine(engine);
      db = await server.open(migrations);
    });
    after(async () => {
      await db.close();
      await server.stop();
    });
    const draft = {
      messageId: '<a@x>',
      content: makeContent({ text: '😀 ñ' }),
      thread: NO_THREAD,
      savedAt: 1,
    };
    const begin = async (mail: string): Promise<void> =>
      await db.write(async (tx) => await insertDraft(tx, 'u', mail, draft));

    test('only the newest version can be written over', async () => {
      await begin('m1');
      assert.equal(await db.write(async (tx) => await updateDraft(tx, 'u', 'm1', 1, draft)), true);
      assert.equal(await db.write(async (tx) => await updateDraft(tx, 'u', 'm1', 1, draft)), false);
      assert.equal(await db.write(async (tx) => await updateDraft(tx, 'other', 'm1', 2, draft)), false);
      assert.deepEqual(await readDraft(db.read, 'u', 'm1'), { ...draft, version: 2, sent: false });
    });

    test('what was sent is closed until it is taken back, and then a newer version', async () => {
      await begin('m2');
      assert.equal(await db.write(async (tx) => await markDraftSent(tx, 'u', 'm2', 9)), false);
      assert.equal(await db.write(async (tx) => await markDraftSent(tx, 'u', 'm2', 1)), true);
      assert.equal(await db.write(async (tx) => await markDraftSent(tx, 'u', 'm2', 1)), false);
      assert.equal(await db.write(async (tx) => await updateDraft(tx, 'u', 'm2', 1, draft)), false);
      assert.equal(await db.write(async (tx) => await lockDraft(tx, 'u', 'm2', 5)), false);
      assert.equal(await db.write(async (tx) => await reopenDraft(tx, 'u', 'm2')), true);
      assert.equal(await db.write(async (tx) => await updateDraft(tx, 'u', 'm2', 1, draft)), false);
      assert.equal(await db.write(async (tx) => await updateDraft(tx, 'u', 'm2', 2, draft)), true);
    });

    test('all are listed, page by page', async () => {
      for (let n = 0; n < 7; n++) await begin(`page${n}`);
      const seen: string[] = [];
      let after = { user: '', mail: '' };
      for (;;) {
        const page = await listDrafts(db, after, 3);
        seen.push(...page.map((one) => one.mail));
        const last = page.at(-1);
        if (last === undefined) break;
        after = last;
      }
      assert.equal(new Set(seen).size, seen.length);
      assert.equal(seen.filter((mail) => mail.startsWith('page')).length, 7);
    });
  });
}
