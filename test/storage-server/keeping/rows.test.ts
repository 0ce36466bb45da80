import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ROW_FIELDS, type RowField } from '../../../storage-server/keeping/check/row-fields.ts';
import { makeTenth } from '../../../storage-server/keeping/check/compare-rows.ts';
import type { IncomingMail } from '../../../storage-server/mail/ingest/ingest.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { USERS, kindsOf, startKeepingRig, type KeepingRig } from './keeping-rig.ts';

const USER = USERS[0];
/** The mail that is larger than a pack takes, which is read in pieces. */
const LARGE = 39;
/** What an archive calls the date of a mail whose own Date is another one. */
const HOP = Date.UTC(2026, 0, 2);

const WRONG: Record<RowField, string | number> = {
  subject: 'Something else',
  sender: '[{"name":null,"address":"mallory@example.org"}]',
  recipients: '[{"name":null,"address":"other@example.org"}]',
  date: 12_345,
  snippet: 'Other words',
  attachments: 7,
  same_key: 'x'.repeat(32),
  problem: 'depth-limit',
};

async function readRows({ db }: KeepingRig): Promise<Record<string, unknown>[]> {
  return await db.read.all(`SELECT user_id, id, ${ROW_FIELDS.join(', ')} FROM mail ORDER BY user_id, id`);
}

async function change(rig: KeepingRig, mail: number, fields: readonly RowField[]): Promise<void> {
  const sets = fields.map((field) => `${field} = ?`).join(', ');
  const params = [...fields.map((field) => WRONG[field]), USER, mail];
  await rig.db.write(
    async (tx) => void (await tx.run(`UPDATE mail SET ${sets} WHERE user_id = ? AND id = ?`, params)),
  );
}

/** Rows that say otherwise than the digest of their bytes is today, and are right. */
async function addOddMails(rig: KeepingRig): Promise<void> {
  const base = { mailbox: 'mbx_inbox', flags: [], sendKey: null, received: Date.UTC(2026, 0, 3) };
  const head = (name: string): string =>
    `From: a@example.org\r\nMessage-ID: <${name}@odd>\r\nSubject: ${name}\r\n`;
  const long = 'A long line of words that all look the same.\r\n'.repeat(30_000);
  const files = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment\r\n\r\n${long}\r\n--b\r\n\r\nBehind the file.\r\n--b--\r\n`;
  const imported = { findKnown: async () => null, chooseThread: (_found: number | null, own: number) => own };
  const hops = `Received: from a by b; ${new Date(HOP).toUTCString()}\r\nDate: Fri, 2 Jan 2026 08:00:00 +0000\r\n`;
  const mails: IncomingMail[] = [
    { ...base, account: 'acc_a', source: Buffer.from(`${head('no date')}\r\nText`) },
    { ...base, account: null, source: Buffer.from(`${head('in memory')}${files}`) },
    {
      ...base,
      account: 'acc_a',
      source: Buffer.from(`${hops}${head('imported')}To: a@example.org\r\n\r\nText`),
      imported: {
        ...imported,
        date: HOP,
        others: [
          { account: 'acc_b', source: Buffer.from(`${head('imported')}To: b@example.org\r\n\r\nText`) },
        ],
      },
    },
  ];
  await rig.serve(async (store) => {
    await store.mails.ingestMails(USER, mails);
    const [draft] = await store.mails.ingestMails(USER, [
      { ...base, account: null, source: Buffer.from(`${head('draft')}\r\n`) },
    ]);
    const source = Buffer.from(`${head('draft again')}\r\nMore words`);
    await store.mails.replaceMail(USER, draft!.mailId, {
      source,
      received: base.received + 1,
      flags: null,
      sendKey: null,
    });
  });
}

for (const name of ENGINES) {
  describe(`rows against their bytes on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: KeepingRig;
    before(async () => {
      engine = await startEngine(name);
      rig = await startKeepingRig(engine);
      await addOddMails(rig);
    });
    after(async () => {
      await rig.stop();
      await engine.stop();
    });

    test('what is right is not called wrong, also where another digest would say otherwise', async () => {
      assert.deepEqual((await rig.verify()).findings.listed, []);
    });

    test('each field that was changed is found, and written from the bytes', async () => {
      const right = await readRows(rig);
      for (const [index, field] of ROW_FIELDS.entries()) await change(rig, index + 1, [field]);
      await change(rig, LARGE, ROW_FIELDS);
      // Its date is of the archive that it came from, and stays that.
      const imported = right.find(({ subject }) => subject === 'imported')!['id'] as number;
      await change(rig, imported, ['snippet']);
      const { findings } = await rig.verify();
      const found = findings.listed.filter(({ kind }) => kind === 'row-wrong');
      assert.deepEqual(
        found.map(({ mail, detail }) => [rig.store.ids.read(USER, mail!), detail]),
        [
          ...ROW_FIELDS.map((field, index) => [index + 1, field]),
          [LARGE, ROW_FIELDS.join(', ')],
          [imported, 'snippet'],
        ],
      );
      const modseq = async (): Promise<number> =>
        (await rig.db.read.get<{ n: number }>('SELECT modseq AS n FROM mail WHERE user_id = ? AND id = 1', [
          USER,
        ]))!.n;
      const before = await modseq();
      const { mended, left } = await rig.repair();
      assert.ok(kindsOf(mended).includes('row-wrong'));
      assert.deepEqual(left.listed, []);
      assert.deepEqual(await readRows(rig), right);
      assert.ok((await modseq()) > before);
      assert.deepEqual((await rig.verify()).findings.listed, []);
    });
  });
}

test('of a large store the bodies of every tenth mail are compared, of any tenth', () => {
  const mails = Array.from({ length: 100 }, (_, index) => index);
  for (const [random, chosen] of [
    [0, 0],
    [0.55, 5],
    [0.999, 9],
  ] as const) {
    const found = mails.filter(makeTenth(() => random));
    assert.deepEqual(
      found,
      mails.filter((mail) => mail % 10 === chosen),
    );
  }
});
