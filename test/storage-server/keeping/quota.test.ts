import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readHeld } from '../../../storage-server/keeping/quota/quota-store.ts';
import { makeMails } from '../../../storage-server/mail/make-mails.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import { makeMailboxes } from '../../../storage-server/mailbox/mailboxes.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { draftOf, startStorage } from '../start-storage.ts';
import { useLedgerRig } from '../retrieval/ledger-rig.ts';
import { pollOnce } from '../retrieval/retrieve.ts';
import { makeMessages, USER, type TestStore } from '../retrieval/store.ts';

const MAILS = makeMessages(60, 'quota');
const ALL = MAILS.reduce((sum, mail) => sum + mail.length, 0);

function limit(store: TestStore, quota: number): TestStore {
  const ids = makeMailIds(Buffer.alloc(32, 7));
  const mailboxes = makeMailboxes(store);
  return { ...store, mails: makeMails({ ...store, ids, mailboxes, quota }) };
}

for (const engine of ENGINES) {
  describe(`quota on ${engine}`, { skip: missingEngine(engine) }, () => {
    const rig = useLedgerRig(engine);
    const poll = async (quota: number) =>
      await pollOnce(limit(rig.store, quota), { port: rig.server.port, dir: rig.dir, keep: 'delete' });

    test('a full mailbox stops retrieval: what came is kept, nothing is deleted, nothing more is asked for', async () => {
      await rig.serve({ messages: MAILS });
      const first = await poll(ALL / 3);
      assert.equal(first.error?.code, 'quota');
      assert.equal(first.error.reason, 'mailbox-full');
      assert.ok(first.added >= 18 && first.added <= 20);
      assert.ok(first.added === (await rig.store.listInbox()).length);
      assert.equal(rig.countOf('DELE'), 0);
      const asked = rig.countOf('RETR');
      const second = await poll(ALL / 3);
      assert.equal(second.error?.code, 'quota');
      assert.equal(rig.countOf('RETR'), asked);
      assert.equal(rig.countOf('DELE'), 0);
      assert.equal(rig.countThere(), 60);
      const third = await poll(2 * ALL);
      assert.equal(third.error, null);
      await rig.assertStored(MAILS);
      assert.equal(await readHeld(rig.store.db.read, USER), ALL);
      assert.equal(rig.countThere(), 0, 'with room again the contract is kept');
    });
  });
}

test('with a full mailbox new drafts, attachments and sending are refused, and what is typed is kept', async (t) => {
  const running = await startStorage([], { userQuota: 2000 });
  t.after(async () => await running.stop());
  const ana = await running.register('ana');
  const draft = draftOf('long', { text: 'word '.repeat(500) });
  const saved = await ana.storage.draft.save.mutate({ id: null, base: null, draft });
  const isFull = (error: unknown): boolean =>
    (error as { data?: { valija?: { code: string } } }).data?.valija?.code === 'quota';
  await assert.rejects(ana.storage.draft.save.mutate({ id: null, base: null, draft }), isFull);
  const again = { id: saved.id, base: saved.version, draft: { ...draft, text: 'less' } };
  await ana.storage.draft.save.mutate({ ...again, draft });
  const send = {
    method: 'POST',
    body: 'From: a@b\r\nTo: c@d\r\n\r\nx',
    headers: { authorization: `Bearer ${ana.token}` },
  };
  const upload = await fetch(`${running.url}/draft/${saved.id}/attachment?name=a&type=text/plain`, send);
  assert.equal(((await upload.json()) as { error: { code: string } }).error.code, 'quota');
  const raw = await fetch(`${running.url}/send`, {
    ...send,
    headers: { ...send.headers, 'content-type': 'message/rfc822' },
  });
  assert.equal(((await raw.json()) as { error: { code: string } }).error.code, 'quota');
});
