import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import {
  ANA,
  EVE,
  type PostOffice,
  listRole,
  makeContent,
  openPostOffice,
  readRaw,
  receive,
  settle,
  waitFor,
} from './post-office.ts';

const now = { undo: 0, at: null, key: null };
const refused = (code: string, reason: string) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason;

for (const engine of ENGINES) {
  suite(`answers, raw messages and refusals on ${engine}`, { skip: missingEngine(engine) }, () => {
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

    test('the mail that was answered gets its flag when the answer left', async () => {
      const original = await receive(
        office,
        `From: bob@y.test\nTo: ana@home.test\nSubject: Q\nMessage-ID: <q-${engine}@y.test>\n\nWhat?\n`,
      );
      const open = await office.outbound.drafts.answer(ANA, {
        mail: original,
        kind: 'reply',
        language: 'en',
        timeZone: null,
      });
      await office.outbound.sending.send(ANA, { draft: open.id, ...now, undo: 30 });
      assert.deepEqual((await office.core.mails.readRows(ANA, [original]))[0]?.flags, []);
      office.clock.at += 31_000;
      await office.restart();
      await office.until(open.id, () => office.smtp.mails.length === 1);
      await waitFor(
        async () =>
          (await office.core.mails.readRows(ANA, [original]))[0]?.flags.includes('answered') === true,
      );
      const raw = office.smtp.mails[0]!.raw.toString();
      assert.match(raw, new RegExp(`^In-Reply-To: <q-${engine}@y.test>\r$`, 'm'));
      assert.match(raw, /^From: ana@home\.test\r$/m);
    });

    test('a raw message goes out as it is, with what it lacks', async () => {
      const source = 'From: Ana <ana@home.test>\nTo: b@y.test\nBcc: c@y.test\nSubject: raw\n\n.dot\n';
      const status = await office.outbound.sending.sendRaw(ANA, {
        body: Readable.from([Buffer.from(source)]),
        ...now,
      });
      await office.until(status.id, () => office.smtp.mails.length === 1);
      const raw = office.smtp.mails[0]!.raw.toString();
      assert.match(
        raw,
        /^Message-ID: <[0-9a-f]+@home\.test>\r\nDate: .*\r\nFrom: Ana <ana@home\.test>\r\nTo: b@y\.test\r\nSubject: raw\r\n\r\n\.dot\r\n$/,
      );
      assert.match(await readRaw(office, status.id), /^Bcc: c@y\.test\r$/m);
      assert.deepEqual(office.smtp.mails[0]!.to, ['<b@y.test>', '<c@y.test>']);
    });

    test('a raw message that is taken back can be opened as a draft', async () => {
      const source = 'From: ana@home.test\nTo: b@y.test\nSubject: raw\n\nbody\n';
      const body = Readable.from([Buffer.from(source)]);
      const status = await office.outbound.sending.sendRaw(ANA, { body, ...now, undo: 30 });
      await office.outbound.sending.cancel(ANA, status.id);
      const open = await office.outbound.drafts.open(ANA, status.id);
      assert.deepEqual(
        [open.draft.identity, open.draft.text.trim(), open.draft.to[0]?.address],
        ['idn_home', 'body', 'b@y.test'],
      );
    });

    const raw = (text: string) => ({ body: Readable.from([Buffer.from(text)]), ...now });
    test('what must not leave is refused, and nothing is stored', async () => {
      const count = async (): Promise<number> => (await listRole(office, 'sent')).length;
      const sent = await count();
      const { sending } = office.outbound;
      await assert.rejects(
        sending.sendRaw(ANA, raw('From: boss@work.test\nTo: b@y.test\n\n')),
        refused('route-refused', 'not-your-address'),
      );
      await assert.rejects(
        sending.sendRaw(ANA, raw('From: ana@work.test\nSender: boss@work.test\nTo: b@y.test\n\n')),
        refused('route-refused', 'not-your-address'),
      );
      await assert.rejects(
        sending.sendRaw(ANA, raw('From: ana@work.test\n\n')),
        refused('invalid', 'no-recipients'),
      );
      await assert.rejects(
        sending.sendRaw(ANA, raw('From: ana@work.test\nTo: nobody\n\n')),
        refused('invalid', 'recipient-address'),
      );
      const nobody = await begin({ to: [{ name: null, address: 'half@' }] });
      await assert.rejects(
        sending.send(ANA, { draft: nobody, ...now }),
        refused('invalid', 'recipient-address'),
      );
      const foreign = await begin({ identity: null, from: 'boss@work.test' });
      await assert.rejects(
        sending.send(ANA, { draft: foreign, ...now }),
        refused('route-refused', 'not-your-address'),
      );
      office.allowed = false;
      const fine = await begin();
      await assert.rejects(
        sending.send(ANA, { draft: fine, ...now }),
        refused('route-refused', 'dmarc-would-fail'),
      );
      assert.equal(await count(), sent);
      assert.equal(
        (await office.outbound.drafts.open(ANA, fine)).draft.subject,
        'Lunch',
        'the draft is still there',
      );
    });

    test('nobody reaches the mail of another', async () => {
      const draft = await begin();
      const { drafts, sending } = office.outbound;
      const gone = (error: unknown): boolean => error instanceof MailError && error.code === 'not-found';
      await assert.rejects(drafts.open(EVE, draft), gone);
      await assert.rejects(drafts.save(EVE, { id: draft, base: 1, draft: makeContent() }), gone);
      await assert.rejects(drafts.remove(EVE, draft), gone);
      await assert.rejects(drafts.detach(EVE, draft, 'att_1'), gone);
      const answer = { mail: draft, kind: 'forward', language: 'en', timeZone: null } as const;
      await assert.rejects(drafts.answer(EVE, answer), gone);
      await assert.rejects(sending.send(EVE, { draft, ...now }), gone);
      await sending.send(ANA, { draft, ...now, undo: 30, key: 'mine' });
      await assert.rejects(sending.readStatus(EVE, draft), gone);
      await assert.rejects(sending.cancel(EVE, draft), gone);
      await sending.cancel(ANA, draft);
    });
  });
}
