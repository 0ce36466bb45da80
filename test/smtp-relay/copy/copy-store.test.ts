import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DAY } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { readBody } from '../../../smtp-relay/queue/body-store.ts';
import { finishMail, sweepFinished } from '../../../smtp-relay/queue/settle-store.ts';
import { dropResults, readResults } from '../../../smtp-relay/result/result-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { T0, insertMails, makeMail } from '../../harness/queued-mails.ts';

for (const engine of ENGINES) {
  describe(`copies on ${engine}`, { skip: missingEngine(engine) }, () => {
    let started: TestEngine;
    let database: Database;
    before(async () => {
      started = await startEngine(engine);
    });
    beforeEach(async () => {
      await database?.close();
      database = await started.open(migrations);
    });
    after(async () => {
      await database?.close();
      await started.stop();
    });

    const readAll = async (mail: string): Promise<string> => {
      const chunks: Buffer[] = [];
      for await (const chunk of readBody(database, mail)) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    const finish = async (mail: string): Promise<void> => {
      await database.write(async (tx) => {
        await tx.run("UPDATE recipient SET state = 'accepted', next_try = NULL WHERE mail = ?", [mail]);
        await finishMail(tx, mail, T0);
      });
    };

    test('a mail of another program is offered once, with what a row in Sent needs, ENVID apart', async () => {
      const mail = makeMail({ copy: true, dsn: { ret: 'HDRS', envid: 'said-by-them' } }, [
        'b@x.test',
        'c@y.test',
      ]);
      await insertMails(database, [mail, mail]);
      await insertMails(database, [makeMail()]);
      const results = await readResults(database, mail.home, 0, 1 << 20);
      assert.deepEqual(results, [
        {
          seq: 1,
          user: mail.user,
          sendKey: mail.sendKey,
          kind: 'copy',
          queueId: mail.id,
          size: mail.body.length,
          mailFrom: mail.mailFrom,
          messageId: mail.messageId,
          queuedAt: mail.queuedAt,
          recipients: ['b@x.test', 'c@y.test'],
        },
      ]);
    });

    test('its bytes stay until the home has it and nobody waits for it, whichever comes first', async () => {
      const [first, second, plain] = [makeMail({ copy: true }), makeMail({ copy: true }), makeMail()];
      await insertMails(database, [first, second, plain]);
      await finish(first.id);
      await finish(plain.id);
      assert.equal(await readAll(first.id), first.body.toString());
      assert.equal(await readAll(plain.id), '', 'no copy, no bytes');
      await dropResults(database, first.home, 1);
      assert.equal(await readAll(first.id), '');
      await dropResults(database, first.home, 2);
      assert.equal(await readAll(second.id), second.body.toString(), 'still to be delivered');
      await finish(second.id);
      assert.equal(await readAll(second.id), '');
      assert.deepEqual(await database.read.all('SELECT * FROM mail_copy'), []);
      assert.deepEqual(await database.read.all('SELECT mail FROM mail_chunk'), []);
    });

    test('what a home has not taken for a month is not swept', async () => {
      const mail = makeMail({ copy: true });
      await insertMails(database, [mail]);
      await finish(mail.id);
      await sweepFinished(database, T0 + 31 * DAY);
      assert.equal(await readAll(mail.id), mail.body.toString());
      await dropResults(database, mail.home, 1);
      await sweepFinished(database, T0 + 31 * DAY);
      assert.deepEqual(await database.read.all('SELECT id FROM mail'), []);
    });
  });
}
