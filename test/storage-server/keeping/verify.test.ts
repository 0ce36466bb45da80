import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { forgetBlobs } from '../../../storage-server/keeping/blob-check-store.ts';
import { makeMessages } from '../retrieval/store.ts';
import { USERS, startKeepingRig, type KeepingRig } from './keeping-rig.ts';

async function findHeader({ db }: KeepingRig, mail: number): Promise<string> {
  const row = await db.read.get<{ header: string }>('SELECT header FROM mail WHERE user_id = ? AND id = ?', [
    USERS[0],
    mail,
  ]);
  return row!.header;
}

for (const name of ENGINES) {
  describe(`keeping on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    before(async () => void (engine = await startEngine(name)));
    after(async () => await engine.stop());

    test('a store that nothing happened to is whole', async (t) => {
      const rig = await startKeepingRig(engine);
      t.after(async () => await rig.stop());
      const report = await rig.verify();
      assert.deepEqual(report.findings.listed, []);
      assert.equal(report.mails, 80);
      assert.equal(report.users, 2);
      assert.equal(report.blobs.unused.blobs, 0);
      assert.deepEqual(report.files.unused, []);
    });

    test('beside a server that goes on, nothing is found that is not wrong', async (t) => {
      const rig = await startKeepingRig(engine);
      t.after(async () => await rig.stop());
      await rig.serve(async ({ mails }) => {
        const ending = new AbortController();
        const working = (async () => {
          for (let round = 0; !ending.signal.aborted; round++) {
            const [source] = makeMessages(1, `more-${round}`);
            const [added] = await mails.ingestMails(USERS[0], [
              {
                account: 'acc_a',
                mailbox: 'mbx_inbox',
                source: source!,
                received: 1,
                flags: [],
                sendKey: null,
              },
            ]);
            await mails.flag(USERS[0], [added!.mailId], ['seen'], []);
            await mails.move(USERS[0], [added!.mailId], round % 2 === 0 ? 'trash' : 'archive');
            if (round % 2 === 0) await mails.remove(USERS[0], [added!.mailId]);
          }
        })();
        for (let look = 0; look < 3; look++) {
          const report = await rig.verify();
          assert.deepEqual(report.findings.listed, []);
        }
        ending.abort();
        await working;
      });
    });

    test('bytes that were lost and come again are whole again, in the mail that lost them', async (t) => {
      const rig = await startKeepingRig(engine);
      t.after(async () => await rig.stop());
      const before = await rig.readRaw();
      forgetBlobs(rig.dataDir, [await findHeader(rig, 3)]);
      const { lost } = await rig.repair();
      assert.deepEqual(
        lost.map(({ account, retrievedAgain }) => [account, retrievedAgain]),
        [['acc_a', true]],
      );
      const states = await rig.db.read.all("SELECT uidl FROM ledger WHERE state = 'lost'");
      assert.deepEqual(states, [{ uidl: 'u2' }]);
      const bytes = before.get('user_one 3 acc_a') as Buffer;
      await rig.serve(async ({ blobs }) => void (await blobs.takeIn([bytes], [1])));
      const report = await rig.verify();
      assert.equal(report.findings.count + report.lost.length, 0);
      assert.equal(report.regained.length, 1);
      await rig.repair();
      const after = await rig.verify();
      assert.equal(after.findings.count + after.lost.length + after.regained.length, 0);
      assert.deepEqual(await rig.readRaw(), before);
    });
  });
}
