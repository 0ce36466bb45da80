import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database } from '../../../server-kit/database/database.ts';
import { readDeliveries } from '../../../storage-server/mail/delivery-store.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import {
  makeRecipient,
  writeRecipient,
  type StoredRecipient,
} from '../../../storage-server/sending/status/recipient-store.ts';
import { changeSendState, insertSend } from '../../../storage-server/sending/send-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';

const NOW = 1_000_000;
const USER = 'usr_ana';

for (const engine of ENGINES) {
  describe(`what rows of Sent say of their delivery, on ${engine}`, { skip: missingEngine(engine) }, () => {
    let running: TestEngine;
    let db: Database;
    before(async () => {
      running = await startEngine(engine);
      db = await running.open(migrations);
    });
    after(async () => {
      await db?.close();
      await running?.stop();
    });
    const send = async (mail: string, states: Partial<StoredRecipient>[], taken = true): Promise<void> =>
      await db.write(async (tx) => {
        const recipients = states.map((_, at) => `r${at}@x.test`);
        await insertSend(tx, {
          user: USER,
          mail,
          sendKey: mail,
          clientKey: null,
          messageId: `<${mail}@x>`,
          mailFrom: 'ana@x.test',
          scheduled: false,
          dueAt: NOW,
          answered: null,
          forwarded: null,
          createdAt: NOW,
          recipients,
        });
        for (const [at, state] of states.entries()) {
          await writeRecipient(tx, USER, mail, { ...makeRecipient(recipients[at] ?? ''), ...state });
        }
        if (taken) await changeSendState(tx, USER, mail, ['waiting'], 'taken');
      });

    it('a failure counts most, a delay that is over not at all, and others’ mail never', async () => {
      await send('good', [{ state: 'accepted' }]);
      await send('late', [{ state: 'accepted' }, { state: 'deferred' }]);
      await send('both', [{ state: 'failed' }, { state: 'deferred' }]);
      await send('over', [{ state: 'deferred', until: NOW - 1, report: 'm9' }]);
      await send('held', [{ state: 'queued' }], false);
      const all = ['good', 'late', 'both', 'over', 'held', 'unknown'];
      assert.deepEqual(Object.fromEntries(await readDeliveries(db.read, USER, all, NOW)), {
        late: 'waiting',
        both: 'failed',
        held: 'held',
      });
      assert.equal((await readDeliveries(db.read, 'usr_eve', all, NOW)).size, 0);
      assert.equal((await readDeliveries(db.read, USER, [], NOW)).size, 0);
    });
  });
}
