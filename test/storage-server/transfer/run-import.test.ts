import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { endTar, makeTarFile } from '../../../common/archive/tar.ts';
import type { ImportCore } from '../../../storage-server/transfer/run-import.ts';
import { listExported } from '../../../storage-server/transfer/list-exported.ts';
import { makeSpoolPlace, type SpoolPlace } from '../../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../../storage-server/transfer/read-import.ts';
import { runImport, type ImportResult } from '../../../storage-server/transfer/run-import.ts';
import type { MailRecord } from '../../../storage-server/mail/mail-record.ts';
import { startEngine, type TestEngine } from '../../harness/engines.ts';
import { newUser, startMailRig, type MailRig } from '../mail-rig.ts';

let engine: TestEngine;
let rig: MailRig;
let core: ImportCore;
let place: SpoolPlace;
before(async () => {
  engine = await startEngine('sqlite');
  rig = await startMailRig(engine);
  place = await makeSpoolPlace(rig.dataDir);
  const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
  core = { ...rig.core, mails: rig.mails, random };
});
after(async () => {
  await rig.stop();
  await engine.stop();
});

async function run(user: string, bytes: Uint8Array): Promise<ImportResult> {
  const pieces = (async function* () {
    for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
  })();
  const findings = readImport(pieces, { place, name: 'box', now: rig.clock.now() });
  return await runImport(core, user, findings, { mailbox: null, replace: false });
}

async function listMails(user: string): Promise<MailRecord[]> {
  const mails: MailRecord[] = [];
  for await (const page of listExported(core, user, { mailbox: null, found: null })) mails.push(...page);
  return mails;
}

const makeMail = (number: number): Buffer =>
  Buffer.from(`Subject: mail ${number}\n\n${crypto.randomUUID().repeat(50)}\n`);

test('of a file that ends too early, what came before is kept', async () => {
  const mails = Array.from({ length: 20 }, (_, number) => makeMail(number));
  const tar = newUser();
  const files = mails.map((mail, number) => makeTarFile(`${number}.eml`, mail, Date.now()));
  await assert.rejects(run(tar, Buffer.concat(files)), { code: 'invalid', reason: 'archive-cut' });
  assert.equal((await listMails(tar)).length, 20);

  const gzip = newUser();
  const from = 'From a@b.c Sat Jan  3 01:05:34 2015\n';
  const box = gzipSync(mails.map((mail) => `${from}${mail.toString()}\n`).join(''));
  await assert.rejects(run(gzip, box.subarray(0, -50)), { code: 'invalid', reason: 'archive-damaged' });
  // What the last compressed block holds is not to be had.
  const { length } = await listMails(gzip);
  assert.ok(length > 10 && length < 20, String(length));
});

test('a label that is longer than ours may be is cut, also where an archive has it', async () => {
  const mail = Buffer.from('Subject: a\n\nhi\n');
  const long = 'L'.repeat(150);
  const at = '2015-01-03T01:05:34.000Z';
  const sha256 = createHash('sha256').update(mail).digest('hex');
  const own = { id: 'm', file: 'mails/1.eml', sha256, size: mail.length, thread: 't', labels: [long] };
  const where = { mailbox: 'Inbox', role: 'inbox', date: at, received: at };
  const none = { flags: [], accounts: [], others: [], sent: null, draft: null, uidls: [] };
  const archive = [
    makeTarFile('manifest.json', toJson({ format: 'valija-archive', version: 1, made: at, by: 'x' }), 0),
    makeTarFile('mails/1.jsonl', toJson({ ...own, ...where, ...none }), 0),
    makeTarFile('mails/1.eml', mail, 0),
    endTar(),
  ];
  const box = `From 1@xxx Sat Jan  3 01:05:34 2015\nX-Gmail-Labels: ${long},Inbox\nSubject: a\n\nhi\n\n`;
  for (const bytes of [Buffer.concat(archive), Buffer.from(box)]) {
    const user = newUser();
    const { mails, skipped } = await run(user, bytes);
    assert.deepEqual([mails, skipped], [1, []]);
    assert.deepEqual(
      (await listMails(user)).map(({ labels }) => labels),
      [JSON.stringify(['L'.repeat(100)])],
    );
  }
});

function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
