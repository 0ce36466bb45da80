import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import {
  ANA,
  type PostOffice,
  listRole,
  makeContent,
  openPostOffice,
  readRaw,
  settle,
  waitFor,
} from './post-office.ts';

const now = { undo: 0, at: null, key: null };
const refused = (code: string, reason: string) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason;

for (const engine of ENGINES) {
  suite(`sending on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    before(async () => {
      office = await openPostOffice(engine);
    });
    after(async () => await office.stop());
    afterEach(async () => await settle(office));
    beforeEach(() => {
      office.smtp.mails.length = 0;
      office.relayUp = true;
      office.allowed = true;
    });
    const begin = async (change: Parameters<typeof makeContent>[0] = {}): Promise<string> =>
      (await office.outbound.drafts.save(ANA, { id: null, base: null, draft: makeContent(change) })).id;

    test('a draft becomes the mail in Sent and reaches the relay without its Bcc', async () => {
      const draft = await begin({
        bcc: [{ name: null, address: 'spy@z.test' }],
        cc: [{ name: null, address: 'ed@y.test' }],
      });
      const status = await office.outbound.sending.send(ANA, { draft, ...now });
      assert.equal(status.id, draft);
      assert.match(status.messageId, /^<[0-9a-f]{32}@work\.test>$/);
      await office.until(draft, (one) => one.recipients.length === 3 && office.smtp.mails.length === 1);
      const [mail] = office.smtp.mails;
      assert.match(mail!.from, /^<ana@work\.test>/);
      assert.deepEqual(mail!.to, ['<bob@y.test>', '<ed@y.test>', '<spy@z.test>']);
      const sent = mail!.raw.toString();
      assert.doesNotMatch(sent, /spy@z\.test/);
      assert.match(sent, /^Reply-To: desk@work\.test\r$/m);
      const copy = await readRaw(office, draft);
      assert.match(copy, /^Bcc: spy@z\.test\r$/m);
      assert.equal(copy.replace('Bcc: spy@z.test\r\n', ''), sent);
      const [row] = await listRole(office, 'sent');
      assert.deepEqual([row?.id, row?.flags, row?.subject], [draft, ['seen'], 'Lunch']);
      assert.ok(!(await listRole(office, 'drafts')).some((one) => one.id === draft));
    });

    test('the same key, the same draft: sent once, the same answer', async () => {
      const draft = await begin();
      const answers = await Promise.all([
        office.outbound.sending.send(ANA, { draft, ...now, key: 'k1' }),
        office.outbound.sending.send(ANA, { draft, ...now, key: 'k1' }),
        office.outbound.sending.send(ANA, { draft, ...now }),
      ]);
      assert.equal(new Set(answers.map((one) => `${one.id} ${one.messageId}`)).size, 1);
      const body = (): Readable => Readable.from([Buffer.from('From: ana@home.test\nTo: b@y.test\n\nhi\n')]);
      const raw = await Promise.all(
        [1, 2].map(
          async () => await office.outbound.sending.sendRaw(ANA, { body: body(), ...now, key: 'k2' }),
        ),
      );
      assert.equal(raw[0]!.id, raw[1]!.id);
      await office.until(raw[0]!.id, () => office.smtp.mails.length === 2);
      await office.until(draft, () => office.smtp.mails.length === 2);
    });

    test('held for undo it can be taken back: a draft again, never sent', async () => {
      const draft = await begin({ text: 'wait' });
      const held = await office.outbound.sending.send(ANA, { draft, ...now, undo: 20 });
      assert.deepEqual([held.state, held.recipients[0]?.state], ['held', 'held']);
      const status = await office.outbound.sending.cancel(ANA, draft);
      assert.deepEqual([status.state, status.recipients[0]?.state], ['cancelled', 'cancelled']);
      const [row] = await listRole(office, 'drafts');
      assert.deepEqual([row?.id, row?.flags.toSorted()], [draft, ['draft', 'seen']]);
      const open = await office.outbound.drafts.open(ANA, draft);
      assert.equal(open.draft.text, 'wait');
      office.clock.at += 60_000;
      const saved = await office.outbound.drafts.save(ANA, {
        id: draft,
        base: open.version,
        draft: makeContent({ text: 'now' }),
      });
      assert.equal(saved.id, draft);
      const again = await office.outbound.sending.send(ANA, { draft, ...now });
      assert.equal(again.state, 'queued');
      await office.until(draft, () => office.smtp.mails.length === 1);
      assert.match(office.smtp.mails[0]!.raw.toString(), /\r\nnow\r\n/);
    });

    test('what is on its way cannot be taken back', async () => {
      const draft = await begin();
      await office.outbound.sending.send(ANA, { draft, ...now });
      await office.until(draft, () => office.smtp.mails.length === 1);
      await assert.rejects(office.outbound.sending.cancel(ANA, draft), refused('conflict', 'already-sent'));
      await assert.rejects(
        office.outbound.drafts.save(ANA, { id: draft, base: 1, draft: makeContent() }),
        refused('conflict', 'draft-sent'),
      );
    });

    test('a scheduled mail waits for its time, across a restart', async () => {
      const draft = await begin();
      const at = new Date(office.clock.now() + 3600_000).toISOString();
      const status = await office.outbound.sending.send(ANA, { draft, ...now, at });
      assert.deepEqual([status.state, status.at], ['scheduled', at]);
      await office.restart();
      assert.equal(office.smtp.mails.length, 0);
      office.clock.at += 3601_000;
      await office.restart();
      await office.until(draft, () => office.smtp.mails.length === 1);
      assert.match(
        office.smtp.mails[0]!.raw.toString(),
        new RegExp(`^Date: ${new Date(at).toUTCString().replace('GMT', '\\+0000')}\r$`, 'm'),
      );
    });

    test('a relay that is out of reach is waited for', async () => {
      office.relayUp = false;
      const draft = await begin();
      const status = await office.outbound.sending.send(ANA, { draft, ...now });
      assert.equal(status.state, 'queued');
      await settle(office);
      office.relayUp = true;
      office.clock.at += 120_000;
      await office.restart();
      await office.until(draft, () => office.smtp.mails.length === 1);
    });

    test('a process that dies between submission and commit sends again under the same key', async () => {
      let died = (): void => undefined;
      const dead = new Promise<void>((resolve) => (died = resolve));
      await office.restart({
        crash: () => {
          died();
          throw new Error('power cut');
        },
      });
      const draft = await begin();
      await office.outbound.sending.send(ANA, { draft, ...now });
      await dead;
      office.clock.at += 120_000;
      await office.restart();
      await office.until(draft, () => office.smtp.mails.length >= 2);
      const keys = office.smtp.mails.map((mail) => /ENVID=(\S+)/.exec(mail.from)?.[1]);
      assert.deepEqual(new Set(keys).size, 1, 'the relay knows it for the same mail');
      assert.ok(keys[0]?.startsWith('snd_'));
      const raws = office.smtp.mails.map((mail) => mail.raw.toString());
      assert.equal(new Set(raws).size, 1);
    });

    test('results and the notification arrive in Sent and Inbox, once', async () => {
      const draft = await begin({
        to: [
          { name: null, address: 'a@y.test' },
          { name: null, address: 'b@y.test' },
        ],
      });
      const sent = await office.outbound.sending.send(ANA, { draft, ...now });
      await office.until(draft, () => office.smtp.mails.length === 1);
      const sendKey = /ENVID=(\S+)/.exec(office.smtp.mails[0]!.from)![1]!;
      const before = await office.core.mails.readModseq(ANA);
      const base = {
        route: 'relay' as const,
        host: 'mx.y.test',
        tls: 'TLSv1.3',
        attempts: 1,
        lastAttempt: null,
        nextTry: null,
        reason: null,
        serverLine: null,
      };
      const recipient = { user: ANA, sendKey, kind: 'recipient' as const };
      office.report({
        ...recipient,
        recipient: { ...base, address: 'A@y.test', state: 'accepted', code: 250, enhanced: '2.0.0' },
      });
      office.report({
        ...recipient,
        recipient: { ...base, address: 'b@y.test', state: 'failed', code: 550, enhanced: '5.1.1' },
      });
      const dsn = `From: MAILER-DAEMON@relay\r\nTo: ana@work.test\r\nSubject: Undelivered\r\nMessage-ID: <dsn-${engine}@relay>\r\nReferences: ${sent.messageId}\r\n\r\nno such user\r\n`;
      office.report({ user: ANA, sendKey, kind: 'dsn', raw: Buffer.from(dsn).toString('base64') });
      office.report({
        user: ANA,
        sendKey: 'snd_of_nobody',
        kind: 'recipient',
        recipient: { ...base, address: 'x@y.test', state: 'accepted', code: 250, enhanced: null },
      });
      const status = await office.until(draft, (one) => one.state === 'partly');
      assert.deepEqual(
        status.recipients.map((one) => [one.address, one.state, one.code, one.host]),
        [
          ['a@y.test', 'accepted', 250, 'mx.y.test'],
          ['b@y.test', 'failed', 550, 'mx.y.test'],
        ],
      );
      await waitFor(async () => office.acks.at(-1) === 4);
      const late = { ...base, address: 'b@y.test', state: 'failed' as const, code: 550, enhanced: '5.1.1' };
      office.report({ ...recipient, recipient: { ...late, attempts: 2 } });
      await office.until(draft, (one) => one.recipients[1]?.attempts === 2);
      await waitFor(async () => office.acks.at(-1) === 5);
      await office.restart();
      await office.restart();
      const found = (await listRole(office, 'inbox')).filter((one) => one.subject === 'Undelivered');
      assert.equal(found.length, 1);
      const [row] = await office.core.mails.readRows(ANA, [draft]);
      assert.equal(found[0]?.threadId, row?.threadId, 'it stands with the mail that it is about');
      const changes = await office.core.mails.readChanges(ANA, before);
      assert.ok(
        changes.mails.some((one) => one.id === draft),
        'clients hear of it',
      );
    });
  });
}
