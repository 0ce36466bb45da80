import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { listReferenceSources } from '../../../storage-server/keeping/reference-sources.ts';
import { MailError } from '../../../common/errors.ts';
import type { OpenDraft } from '../../../common/shapes/draft.ts';
import { tidyDrafts } from '../../../storage-server/draft/tidy-drafts.ts';
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
} from '../sending/post-office.ts';
import { upload } from './upload.ts';

const refused = (code: string, reason: string) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason;

for (const engine of ENGINES) {
  suite(`drafts on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    before(async () => {
      office = await openPostOffice(engine);
    });
    after(async () => await office.stop());
    const save = async (
      id: string | null,
      base: number | null,
      change: Parameters<typeof makeContent>[0] = {},
    ) => await office.outbound.drafts.save(ANA, { id, base, draft: makeContent(change) });

    test('a draft is a mail in Drafts and reads back as it was written', async () => {
      const content = makeContent({
        subject: 'Ñandú 😀',
        text: 'línea\n  two',
        html: '<p>línea</p>',
        to: [
          { name: null, address: 'half@' },
          { name: 'x', address: '' },
        ],
        bcc: [{ name: null, address: 'b@y.test' }],
      });
      const saved = await office.outbound.drafts.save(ANA, { id: null, base: null, draft: content });
      assert.equal(saved.version, 1);
      assert.deepEqual(await office.outbound.drafts.open(ANA, saved.id), {
        id: saved.id,
        version: 1,
        draft: content,
        attachments: [],
      });
      const row = (await listRole(office, 'drafts')).find((one) => one.id === saved.id);
      assert.deepEqual(
        [row?.subject, row?.from, row?.flags.toSorted(), row?.attachments, row?.snippet.includes('línea')],
        ['Ñandú 😀', [{ name: 'Ana Ñandú', address: 'ana@work.test' }], ['draft', 'seen'], 0, true],
      );
    });

    test('saving again keeps the id and counts versions; the row follows', async () => {
      const { id } = await save(null, null, { subject: 'one' });
      const total = (await listRole(office, 'drafts')).length;
      assert.equal((await save(id, 1, { subject: 'two' })).version, 2);
      assert.equal((await save(id, 2, { subject: 'three' })).version, 3);
      const rows = await listRole(office, 'drafts');
      assert.equal(rows.length, total);
      assert.equal(rows.find((one) => one.id === id)?.subject, 'three');
    });

    test('of two that write on the same version one is told what the other wrote', async () => {
      const { id } = await save(null, null);
      const both = await Promise.allSettled([save(id, 1, { text: 'A' }), save(id, 1, { text: 'B' })]);
      const [lost] = both.filter((one) => one.status === 'rejected');
      assert.equal(both.filter((one) => one.status === 'fulfilled').length, 1);
      const error = lost?.reason as MailError;
      assert.deepEqual([error.code, error.reason], ['conflict', 'draft']);
      const current = error.current as OpenDraft;
      assert.equal(current.version, 2);
      assert.ok(['A', 'B'].includes(current.draft.text));
      await assert.rejects(save(id, 7), refused('conflict', 'draft'));
      assert.deepEqual(await office.outbound.drafts.open(ANA, id), current);
    });

    test('removing it leaves nothing behind', async () => {
      const { id } = await save(null, null);
      await upload(office, id, 'x', 'a.txt');
      await office.outbound.drafts.remove(ANA, id);
      await assert.rejects(office.outbound.drafts.open(ANA, id), refused('not-found', 'draft'));
      assert.deepEqual(await office.core.mails.readRows(ANA, [id]), []);
      const left = await office.core.db.read.all('SELECT * FROM draft_attachment WHERE mail = ?', [id]);
      assert.deepEqual(left, []);
    });

    test('what is left of a draft that was removed as a mail is tidied away', async () => {
      const kept = await save(null, null);
      const { id } = await save(null, null);
      await office.core.mails.remove(ANA, [id]);
      assert.equal(await tidyDrafts(office.core), 1);
      await office.outbound.drafts.open(ANA, kept.id);
      assert.deepEqual(await office.core.db.read.all('SELECT * FROM draft WHERE mail = ?', [id]), []);
    });

    const question = `From: Bob <bob@y.test>
To: ana@home.test, Ed <ed@y.test>
Cc: ANA@work.test, joe@y.test
Subject: Re: Plan
Date: Sat, 21 Nov 2026 10:00:00 +0000
Message-ID: <plan-${engine}@y.test>
References: <first-${engine}@y.test>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

What now?
--b
Content-Type: text/csv; name="plan.csv"
Content-Disposition: attachment; filename="plan.csv"
Content-Transfer-Encoding: base64

YTtiCg==
--b--
`;

    test('an answer to all: quoted in the user’s words, from the address that got it, to the others', async () => {
      const mail = await receive(office, question);
      const input = { mail, language: 'es', timeZone: 'Europe/Madrid' } as const;
      const open = await office.outbound.drafts.answer(ANA, { ...input, kind: 'reply-all' });
      const { draft } = open;
      assert.deepEqual(
        [draft.identity, draft.subject, draft.inReplyTo, draft.forwardOf, draft.html],
        ['idn_home', 'Re: Plan', mail, null, null],
      );
      assert.deepEqual(
        [draft.to, draft.cc].map((list) => list.map((one) => one.address)),
        [['bob@y.test'], ['ed@y.test', 'joe@y.test']],
      );
      assert.equal(draft.text.trim(), 'El sáb, 21 nov 2026, 11:00, Bob <bob@y.test> escribió:\n> What now?');
      assert.deepEqual(await office.outbound.drafts.open(ANA, open.id), open, 'it is stored');
      const raw = await readRaw(office, open.id);
      assert.match(raw, new RegExp(`^In-Reply-To: <plan-${engine}@y.test>\r$`, 'm'));
      assert.match(
        raw,
        new RegExp(`^References: <first-${engine}@y.test>\\s+<plan-${engine}@y.test>\r$`, 'm'),
      );
      const [row] = await office.core.mails.readRows(ANA, [open.id]);
      const [original] = await office.core.mails.readRows(ANA, [mail]);
      assert.equal(row?.threadId, original?.threadId);
    });

    test('a forward carries the attachments', async () => {
      const mail = await receive(office, question);
      const open = await office.outbound.drafts.answer(ANA, {
        mail,
        kind: 'forward',
        language: 'en',
        timeZone: null,
      });
      assert.deepEqual(
        open.attachments.map(({ name, type, size }) => [name, type, size]),
        [['plan.csv', 'text/csv', 4]],
      );
      assert.deepEqual(
        [open.draft.to, open.draft.subject, open.draft.inReplyTo, open.draft.forwardOf],
        [[], 'Fwd: Plan', null, mail],
      );
      const [row] = await office.core.mails.readRows(ANA, [open.id]);
      assert.equal(row?.attachments, 1);
      const next = await save(open.id, 1, { ...open.draft, to: [{ name: null, address: 'c@y.test' }] });
      assert.equal(next.version, 2);
      await office.outbound.sending.send(ANA, { draft: open.id, undo: 0, at: null, key: null });
      await office.until(open.id, () => office.smtp.mails.length > 0);
      assert.match(office.smtp.mails.at(-1)!.raw.toString(), /filename=plan\.csv\r\n\r\nYTtiCg==/);
    });

    const PIXEL =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const shown = `From: Bob <bob@y.test>
To: ana@home.test
Subject: Look
Message-ID: <look-${engine}@y.test>
MIME-Version: 1.0
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p>See <img src="cid:a%20b@y" alt="a map" width="40"><img src="cid:far@y" alt="far"><img src="http://x/y.png" alt="web"></p>
--b
Content-Type: image/png; name="map.png"
Content-ID: <a b@y>
Content-Disposition: inline
Content-Transfer-Encoding: base64

${PIXEL}
--b
Content-Type: image/svg+xml; name="far.svg"
Content-ID: <far@y>
Content-Transfer-Encoding: base64

PHN2Zy8+
--b
Content-Type: image/png; name="unseen.png"
Content-ID: <unseen@y>
Content-Transfer-Encoding: base64

${PIXEL}
--b--
`;

    test('an answer shows the pictures that it quotes, and sends them beside its text', async () => {
      const mail = await receive(office, shown);
      const input = { mail, language: 'en', timeZone: null, kind: 'reply' } as const;
      const { id, draft, attachments } = await office.outbound.drafts.answer(ANA, input);
      const [map] = attachments;
      assert.deepEqual(
        attachments.map(({ name, type }) => [name, type]),
        [['map.png', 'image/png']],
        'neither what runs, nor what is not shown',
      );
      assert.match(
        draft.html ?? '',
        new RegExp(`See <img src="cid:${map?.id}" alt="a map" width="40">farweb`),
        'others by their words',
      );
      const open = await office.outbound.drafts.openAttachment(ANA, id, map?.id ?? '');
      const chunks: Uint8Array[] = [];
      for await (const chunk of open.open()) chunks.push(chunk);
      assert.equal(Buffer.concat(chunks).toString('base64'), PIXEL);
      const none = office.outbound.drafts.openAttachment(EVE, id, map?.id ?? '');
      await assert.rejects(none, refused('not-found', 'draft'));
      await assert.rejects(office.outbound.drafts.openAttachment(ANA, id, 'att_0'), { code: 'not-found' });
      const before = office.smtp.mails.length;
      await office.outbound.sending.send(ANA, { draft: id, undo: 0, at: null, key: null });
      await office.until(id, () => office.smtp.mails.length > before);
      const raw = office.smtp.mails.at(-1)!.raw.toString();
      assert.match(raw, /multipart\/related/);
      assert.match(raw, new RegExp(`Content-Id: <${map?.id}@home.test>`, 'i'));
    });

    test('From is held against whom the user wrote to, and where the answered mail came to', async () => {
      const write = async (identity: string, address: string): Promise<void> => {
        const { id } = await save(null, null, { identity, to: [{ name: null, address }] });
        await office.outbound.sending.send(ANA, { draft: id, undo: 0, at: null, key: null });
      };
      await write('idn_work', 'Cleo@Other.test');
      await write('idn_work', 'cleo@other.test');
      await write('idn_home', 'dan@other.test');
      const ask = async (answered: string | null, to: string[], user = ANA) =>
        await office.outbound.drafts.precedents(user, { answered, to });
      assert.deepEqual(await ask(null, ['cleo@other.TEST', 'new@other.test']), {
        answered: null,
        written: [{ to: 'cleo@other.test', from: 'ana@work.test', count: 1 }],
      });
      assert.deepEqual((await ask(null, ['Cleo@other.test'])).written[0]?.count, 2, 'both spellings');
      assert.deepEqual((await ask(null, ['dan@other.test'])).written, [
        { to: 'dan@other.test', from: 'ana@home.test', count: 1 },
      ]);
      const mail = await receive(office, question.replaceAll('plan-', 'plan2-'));
      assert.deepEqual((await ask(mail, [])).answered, {
        accounts: ['acc_home'],
        addressed: ['ana@home.test', 'ed@y.test', 'ana@work.test', 'joe@y.test'],
      });
      assert.deepEqual(await ask(mail, ['cleo@other.test'], EVE), { answered: null, written: [] });
    });

    test('blobs of attachments are known to the sweep', async () => {
      const { id } = await save(null, null);
      await upload(office, id, 'keep me', 'a.txt');
      const [row] = await office.core.db.read.all<{ blob_id: string }>(
        'SELECT blob_id FROM draft_attachment WHERE mail = ?',
        [id],
      );
      const sources = listReferenceSources(office.core.db);
      const known = await Promise.all(sources.map(async (find) => await find([row!.blob_id, 'other'])));
      assert.deepEqual(known.flat(), [row!.blob_id]);
    });
  });
}
