import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { fileReports } from '../../../storage-server/report/file-reports.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import {
  ANA,
  EVE,
  type PostOffice,
  listRole,
  makeContent,
  openPostOffice,
  settle,
} from '../sending/post-office.ts';
import { makeReport } from './samples/sample.ts';

const now = { undo: 0, at: null, key: null };

function makeDsn(
  ids: { messageId?: string; envelopeId?: string },
  address: string,
  action = 'failed',
): string {
  return makeReport({
    header: `From: MAILER-DAEMON@smtp.provider.test\nTo: ana@home.test\nSubject: Undelivered Mail\nMessage-ID: <${Math.random()}@provider.test>`,
    notice: `<${address}>: 550 5.1.1 no such user`,
    status: `${ids.envelopeId === undefined ? '' : `Original-Envelope-Id: ${ids.envelopeId}\n`}Reporting-MTA: dns; smtp.provider.test

Final-Recipient: rfc822; ${address}
Action: ${action}
Status: ${action === 'failed' ? '5.1.1' : action === 'delayed' ? '4.4.1' : '2.0.0'}
Remote-MTA: dns; mx.y.test
Diagnostic-Code: smtp; ${action === 'failed' ? '550 5.1.1 no such user' : '421 4.4.1 busy'}`,
    returned: `${ids.messageId === undefined ? '' : `Message-ID: ${ids.messageId}\n`}Subject: Lunch\n\nAt noon?`,
  });
}

for (const engine of ENGINES) {
  suite(`notifications that come back on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    before(async () => {
      office = await openPostOffice(engine);
    });
    after(async () => await office.stop());

    const send = async (...to: string[]): Promise<{ id: string; messageId: string; sendKey: string }> => {
      const draft = makeContent({ to: to.map((address) => ({ name: null, address })) });
      const { id } = await office.outbound.drafts.save(ANA, { id: null, base: null, draft });
      const { messageId } = await office.outbound.sending.send(ANA, { draft: id, ...now });
      await settle(office);
      const sendKey = /ENVID=(\S+)/.exec(office.smtp.mails.at(-1)!.from)![1]!;
      for (const address of to) {
        const told = { address, state: 'accepted', route: 'smarthost', host: 'smtp.provider.test' } as const;
        const rest = {
          enhanced: null,
          tls: 'TLSv1.3',
          attempts: 1,
          nextTry: null,
          reason: null,
          serverLine: null,
        };
        const lastAttempt = new Date(office.clock.now()).toISOString();
        const recipient = { ...told, ...rest, code: 250, lastAttempt };
        office.report({ user: ANA, sendKey, kind: 'recipient', recipient });
      }
      await office.until(id, (one) => one.state === 'sent');
      await office.core.mails.flag(ANA, [id], ['seen'], []);
      return { id, messageId, sendKey };
    };
    /** As retrieval brings a message in. */
    const arrive = async (text: string, user = ANA, account = 'acc_home'): Promise<string> => {
      const filing = fileReports(office.core, { file: async () => null });
      const mails = [
        {
          account,
          mailbox: 'mbx_inbox',
          source: Buffer.from(text.replaceAll('\n', '\r\n')),
          received: office.clock.now(),
          flags: [],
          sendKey: null,
        },
      ];
      const filed = await filing.file({ user, account, importing: false }, mails);
      const [made] = await office.core.mails.ingestMails(
        user,
        filed?.mails ?? mails,
        async (tx, ingested) => {
          await filed?.record(tx, ingested);
        },
      );
      filed?.finish();
      return made!.mailId;
    };
    const readRow = async (id: string, user = ANA) => (await office.core.mails.readRows(user, [id]))[0]!;

    test('a failure shows in the status of its mail, which is unread again, and lies read beside it', async () => {
      const sent = await send('bob@y.test', 'ed@y.test');
      const modseq = await office.core.mails.readModseq(ANA);
      const dsn = await arrive(makeDsn(sent, 'bob@y.test'));
      const status = await office.outbound.sending.readStatus(ANA, sent.id);
      const [bob, ed] = status.recipients;
      assert.equal(status.state, 'partly');
      assert.deepEqual(
        [bob?.state, bob?.code, bob?.enhanced, bob?.serverLine, bob?.reason, bob?.report, bob?.tls],
        ['failed', 550, '5.1.1', '550 5.1.1 no such user', 'recipient-refused/unknown-user', dsn, 'TLSv1.3'],
      );
      assert.deepEqual([ed?.state, ed?.report], ['accepted', null]);
      const [row, notice] = [await readRow(sent.id), await readRow(dsn)];
      assert.deepEqual([row.flags, row.role], [[], 'sent']);
      assert.deepEqual([notice.flags, notice.role, notice.threadId], [['seen'], 'sent', row.threadId]);
      const { mails } = await office.core.mails.readChanges(ANA, modseq);
      assert.deepEqual(mails.map(({ id }) => id).toSorted(), [sent.id, dsn].toSorted(), 'clients hear of it');
      await office.core.mails.flag(ANA, [sent.id], ['seen'], []);
      await arrive(makeDsn(sent, 'bob@y.test'));
      assert.deepEqual((await readRow(sent.id)).flags, ['seen'], 'told once');
    });

    test('the relay’s news of before do not undo it', async () => {
      const sent = await send('bob@y.test');
      await arrive(makeDsn({ envelopeId: sent.sendKey }, 'bob@y.test'));
      const base = { code: 250, enhanced: null, tls: null, nextTry: null, reason: null, serverLine: null };
      const lastAttempt = new Date(office.clock.now() - 60_000).toISOString();
      const recipient = {
        ...base,
        address: 'bob@y.test',
        state: 'accepted',
        attempts: 7,
        lastAttempt,
      } as const;
      const news = { ...recipient, route: 'smarthost', host: 'smtp.provider.test' } as const;
      office.report({ user: ANA, sendKey: sent.sendKey, kind: 'recipient', recipient: news });
      const status = await office.until(sent.id, (one) => one.recipients[0]?.attempts === 7);
      assert.equal(status.state, 'failed');
    });

    test('a delay shows as deferred, a success as delivered', async () => {
      const sent = await send('bob@y.test');
      await arrive(makeDsn(sent, 'bob@y.test', 'delayed'));
      const late = await office.outbound.sending.readStatus(ANA, sent.id);
      assert.deepEqual(
        [late.state, late.recipients[0]?.state, late.recipients[0]?.reason],
        ['queued', 'deferred', 'server-error/reported-delay'],
      );
      assert.deepEqual((await readRow(sent.id)).flags, ['seen'], 'nothing failed');
      await arrive(makeDsn(sent, 'bob@y.test', 'delivered'));
      const there = await office.outbound.sending.readStatus(ANA, sent.id);
      assert.equal(there.state, 'sent');
      assert.match(there.recipients[0]?.deliveredAt ?? '', /^\d{4}-/);
    });

    test('what fits nothing stays in the Inbox and changes nothing', async () => {
      const sent = await send('bob@y.test');
      const forged = [
        makeDsn({ messageId: '<guessed@work.test>' }, 'bob@y.test'),
        makeDsn({}, 'bob@y.test'),
        makeDsn(sent, 'mallory@evil.test'),
      ];
      for (const text of forged) {
        const row = await readRow(await arrive(text));
        assert.deepEqual([row.role, row.flags], ['inbox', []]);
      }
      const other = await arrive(makeDsn(sent, 'bob@y.test'), EVE);
      assert.equal((await readRow(other, EVE)).role, 'inbox', 'another user’s mail is not hers');
      assert.equal((await office.outbound.sending.readStatus(ANA, sent.id)).state, 'sent');
      assert.ok(
        (await listRole(office, 'sent')).some(({ id }) => id === sent.id),
        'nothing was deleted',
      );
    });

    test('a mail that waits for its time cannot fail', async () => {
      const draft = makeContent();
      const { id } = await office.outbound.drafts.save(ANA, { id: null, base: null, draft });
      const at = new Date(office.clock.now() + 3_600_000).toISOString();
      const { messageId } = await office.outbound.sending.send(ANA, { ...now, draft: id, at });
      const row = await readRow(await arrive(makeDsn({ messageId }, 'bob@y.test')));
      assert.equal(row.role, 'inbox');
      assert.equal((await office.outbound.sending.readStatus(ANA, id)).state, 'scheduled');
      await office.outbound.sending.cancel(ANA, id);
    });

    test('of a mail that was thrown away it is told in the Inbox', async () => {
      const sent = await send('bob@y.test');
      await office.core.mails.move(ANA, [sent.id], 'trash');
      const row = await readRow(await arrive(makeDsn(sent, 'bob@y.test')));
      assert.deepEqual([row.role, row.flags], ['inbox', []]);
      assert.equal((await office.outbound.sending.readStatus(ANA, sent.id)).state, 'failed');
    });

    test('the same notification through two accounts is one, and a rule’s mailbox is kept', async () => {
      const sent = await send('bob@y.test');
      const text = makeDsn(sent, 'bob@y.test');
      const first = await arrive(text);
      assert.equal(await arrive(text, ANA, 'acc_work'), first);
      const moved = fileReports(office.core, {
        file: async (_to, mails) => ({
          mails: mails.map((mail) => ({ ...mail, mailbox: 'mbx_archive' })),
          record: async () => undefined,
          finish: () => undefined,
        }),
      });
      const source = Buffer.from(makeDsn(sent, 'bob@y.test'));
      const mail = {
        account: 'acc_home',
        mailbox: 'mbx_inbox',
        source,
        received: 1,
        flags: [],
        sendKey: null,
      };
      const filed = await moved.file({ user: ANA, account: 'acc_home', importing: false }, [mail]);
      assert.deepEqual([filed?.mails[0]?.mailbox, filed?.mails[0]?.flags], ['mbx_archive', ['seen']]);
    });
  });
}
