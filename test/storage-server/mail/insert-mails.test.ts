import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertMails } from '../../../storage-server/mail/ingest/ingest-store.ts';
import { makeRecord } from '../../../storage-server/mail/ingest/make-record.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import { digestMail } from '../../../storage-server/mime/digest.ts';
import { ENGINES, missingEngine, startEngine } from '../../harness/engines.ts';

const MAILS = 240;

/** Forty addresses whose names, 480 bytes each, become three times as long in UTF-8. */
function writeField(name: string): Buffer {
  const addresses = Array.from({ length: 40 }, (_, n) => [
    Buffer.from(n === 0 ? '' : ',\r\n '),
    Buffer.alloc(480, 0x80),
    Buffer.from(`<a${n}@b.example>`),
  ]);
  return Buffer.concat([Buffer.from(`${name}: `), ...addresses.flat(), Buffer.from('\r\n')]);
}

for (const engine of ENGINES) {
  test(
    `a batch of mails with the longest rows is stored on ${engine}`,
    { skip: missingEngine(engine) },
    async (t) => {
      const started = await startEngine(engine);
      const db = await started.open(migrations);
      t.after(async () => {
        await db.close();
        await started.stop();
      });
      const header = Buffer.concat([writeField('From'), writeField('To'), Buffer.from('\r\n')]);
      const digest = digestMail(header, Buffer.from('x'), 1);
      const blob = { id: 'x'.repeat(43), size: 1 };
      const incoming = { account: 'a', mailbox: 'inbox', received: 1, flags: [], sendKey: null };
      const rows = Array.from({ length: MAILS }, (_, id) => {
        const place = { id, modseq: 1, added: 1, moved_at: 1, thread: id, subjectKey: null };
        return makeRecord(incoming, { digest, header: blob, body: blob }, place);
      });
      assert.ok(Buffer.byteLength(rows[0]!.sender + rows[0]!.recipients) > 100_000);
      await db.write(async (tx) => await insertMails(tx, 'u', rows));
      const stored = await db.read.get<{ n: number }>('SELECT COUNT(*) AS n FROM mail');
      assert.equal(Number(stored?.n), MAILS);
    },
  );
}
