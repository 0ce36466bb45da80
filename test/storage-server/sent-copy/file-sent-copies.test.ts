import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Filing } from '../../../storage-server/filing/filing.ts';
import { fileSentCopies } from '../../../storage-server/sent-copy/file-sent-copies.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import {
  ANA,
  listRole,
  makeContent,
  openPostOffice,
  settle,
  type PostOffice,
} from '../sending/post-office.ts';

const ACCOUNT = 'acc_work';
const smtp = { host: 'smtp.gmail.com', port: 465, tls: 'implicit', user: 'ana', auth: 'auto' };

for (const engine of ENGINES) {
  suite(`copies that a provider filed on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    let way: 'smarthost' | 'relay' = 'smarthost';
    before(async () => {
      office = await openPostOffice(engine);
    });
    after(async () => await office.stop());

    const readProfile = async (user: string) => ({
      ...(await office.core.home.readProfile(user)),
      accounts: [
        { id: ACCOUNT, email: 'ana@work.test', pop3: { host: 'pop.gmail.com' }, send: { way, smtp } },
      ] as never,
    });
    const send = async (subject: string): Promise<{ id: string; raw: Buffer }> => {
      const draft = { ...makeContent({ to: [{ name: null, address: 'bob@y.test' }] }), subject };
      const { id } = await office.outbound.drafts.save(ANA, { id: null, base: null, draft });
      await office.outbound.sending.send(ANA, { draft: id, undo: 0, at: null, key: null });
      await settle(office);
      return { id, raw: office.smtp.mails.at(-1)!.raw };
    };
    const arrive = async (source: Buffer, inner: Filing = { file: async () => null }) => {
      const core = { ...office.core, home: { ...office.core.home, readProfile } };
      const filing = fileSentCopies(core, inner);
      const mail = { account: ACCOUNT, mailbox: 'mbx_inbox', source, received: office.clock.now() };
      const mails = [{ ...mail, flags: [], sendKey: null }];
      const filed = await filing.file({ user: ANA, account: ACCOUNT, importing: false }, mails);
      const [made] = await office.core.mails.ingestMails(ANA, filed?.mails ?? mails, async (tx, ingested) => {
        await filed?.record(tx, ingested);
      });
      return made!;
    };
    const addHop = (raw: Buffer): Buffer =>
      Buffer.concat([Buffer.from('Received: by smtp.gmail.com\r\n'), raw]);

    test('a copy is shown once, in Sent, and its bytes are kept; the same again is another mail', async () => {
      const sent = await send('Lunch');
      const inbox = (await listRole(office, 'inbox')).length;
      const recorded: boolean[] = [];
      const rules: Filing = {
        file: async (_to, mails) => ({
          mails,
          record: async (_tx, ingested) => void recorded.push(...ingested.map(({ added }) => added)),
          finish: () => undefined,
        }),
      };
      const copy = await arrive(addHop(sent.raw), rules);
      assert.deepEqual(copy, { mailId: sent.id, added: false });
      assert.deepEqual(recorded, [false], 'no rule forwards or answers what one wrote oneself');
      assert.equal((await listRole(office, 'inbox')).length, inbox);
      const [row] = await office.core.mails.readRows(ANA, [sent.id]);
      assert.deepEqual([row?.role, row?.accounts], ['sent', [ACCOUNT]]);
      const again = await arrive(Buffer.concat([Buffer.from('X-New: 1\r\n'), addHop(sent.raw)]));
      assert.equal(again.added, true, 'no bytes are thrown away');
      assert.equal((await office.core.mails.readRows(ANA, [again.mailId]))[0]?.role, 'sent');
    });

    test('its sent mail is gone: it lies in Sent, read', async () => {
      const sent = await send('Gone');
      await office.core.mails.move(ANA, [sent.id], 'mbx_trash');
      await office.core.mails.remove(ANA, [sent.id]);
      const copy = await arrive(addHop(sent.raw));
      const [row] = await office.core.mails.readRows(ANA, [copy.mailId]);
      assert.deepEqual([copy.added, row?.role, row?.flags], [true, 'sent', ['seen']]);
    });

    test('what leaves by our own way is filed by nobody: then it was delivered', async () => {
      way = 'relay';
      const sent = await send('By relay');
      const copy = await arrive(addHop(sent.raw));
      assert.equal((await office.core.mails.readRows(ANA, [copy.mailId]))[0]?.role, 'inbox');
      way = 'smarthost';
    });
  });
}
