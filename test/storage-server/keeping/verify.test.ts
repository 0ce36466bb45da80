import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import Sqlite from 'better-sqlite3';
import { DAY } from '../../../common/time.ts';
import { insertAttachment } from '../../../storage-server/draft/draft-store.ts';
import { compactStore } from '../../../storage-server/keeping/compact-store.ts';
import { forgetBlobs } from '../../../storage-server/keeping/check/blob-check-store.ts';
import { repairStore } from '../../../storage-server/keeping/repair-store.ts';
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

    test('what a draft has attached is read back too, and nothing can mend it', async (t) => {
      const rig = await startKeepingRig(engine);
      t.after(async () => await rig.stop());
      const bytes = Buffer.from('attached');
      const id = await rig.serve(async ({ blobs }) => (await blobs.put([bytes]))[0]!.id);
      const mail = rig.store.ids.mail(USERS[0], 1);
      const attachment = {
        id: 'att_1',
        name: 'a',
        type: 'text/plain',
        size: bytes.length,
        blob: id,
        uploadKey: null,
      };
      await rig.db.write(async (tx) => await insertAttachment(tx, USERS[0], mail, 0, attachment));
      assert.deepEqual((await rig.verify()).findings.listed, []);
      changeBlobs(rig.dataDir, 'UPDATE blob SET at = at + 1 WHERE id = ?', Buffer.from(id, 'base64url'));
      const { left } = await rig.repair();
      assert.deepEqual(
        left.listed.map((one) => [one.kind, one.user, one.mail, one.detail]),
        [['attachment-wrong', USERS[0], mail, 'missing']],
      );
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

describe('what would make a loss final', () => {
  let engine: TestEngine;
  let rig: KeepingRig;
  before(async () => {
    engine = await startEngine('sqlite');
    rig = await startKeepingRig(engine);
  });
  after(async () => {
    await rig.stop();
    await engine.stop();
  });

  test('a pack without its row is no waste', async () => {
    const before = await rig.readRaw();
    changeBlobs(rig.dataDir, 'DELETE FROM pack');
    assert.deepEqual((await rig.verify()).files.unused, []);
    // That starts the store.
    assert.deepEqual(await rig.readRaw(), before);
    await rig.serve(async ({ blobs }) => await blobs.compress());
    assert.deepEqual(await rig.readRaw(), before);
    changeBlobs(rig.dataDir, 'DELETE FROM pack');
    assert.deepEqual(await rig.readRaw(), before);
    assert.deepEqual((await rig.verify()).findings.listed, []);
  });

  test('a store with another key or without its bytes is not repaired', async () => {
    const before = await rig.readRaw();
    const other = { ...rig.store, blobKey: Buffer.alloc(32, 8) };
    const refused = { code: 'unavailable', reason: 'nothing-readable' };
    await assert.rejects(async () => await repairStore(other, () => undefined), refused);
    const [folder, elsewhere] = [join(rig.dataDir, 'blobs'), join(rig.dataDir, 'elsewhere')];
    renameSync(folder, elsewhere);
    mkdirSync(folder);
    await assert.rejects(rig.repair(), refused);
    rmSync(folder, { recursive: true });
    renameSync(elsewhere, folder);
    assert.deepEqual(await rig.readRaw(), before);
  });
});

describe('compact', () => {
  test('what nothing needs is given back, what is needed stays', async (t) => {
    const engine = await startEngine('sqlite');
    t.after(async () => await engine.stop());
    const rig = await startKeepingRig(engine);
    t.after(async () => await rig.stop());
    await rig.serve(async ({ mails, blobs }) => {
      await blobs.compress();
      const page = await mails.readPage(USERS[1], {
        mailbox: 'inbox',
        account: null,
        limit: 500,
        after: null,
      });
      const ids = page.mails.map(({ id }) => id);
      await mails.move(USERS[1], ids, 'trash');
      await mails.remove(USERS[1], ids);
    });
    const kept = await rig.readRaw();
    ageBlobs(rig.dataDir);
    const { before, after } = await compactStore(rig.store, () => undefined);
    assert.ok(after < before, `${after} of ${before}`);
    const report = await rig.verify();
    assert.deepEqual(report.findings.listed, []);
    assert.equal(report.blobs.unused.blobs, 0);
    assert.equal(report.files.waste, 0);
    assert.deepEqual(await rig.readRaw(), kept);
  });

  test('packs whose rows are gone are nobody’s waste', async (t) => {
    const engine = await startEngine('sqlite');
    t.after(async () => await engine.stop());
    const rig = await startKeepingRig(engine);
    t.after(async () => await rig.stop());
    rmSync(join(rig.dataDir, 'blobs.sqlite'));
    await assert.rejects(rig.readRaw(), (error: { reason?: string }) => error.reason === 'no-blob-rows');
    assert.ok(readdirSync(join(rig.dataDir, 'blobs', 'packs')).length > 0);
  });
});

/** As if all had come two days ago. */
function ageBlobs(dataDir: string): void {
  changeBlobs(dataDir, 'UPDATE blob SET seen = seen - ?', 2 * DAY);
}

function changeBlobs(dataDir: string, text: string, ...params: (number | Buffer)[]): void {
  const blobs = new Sqlite(join(dataDir, 'blobs.sqlite'));
  blobs.prepare(text).run(...params);
  blobs.close();
}
