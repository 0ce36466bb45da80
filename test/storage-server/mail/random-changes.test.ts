import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DAY, HOUR } from '../../../common/time.ts';
import type { Flag } from '../../../common/shapes/mail.ts';
import type { MailFilter, Selection } from '../../../common/shapes/selection.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { BlobProof } from '../../../storage-server/blob/blob-proof.ts';
import { checkMails } from '../../../storage-server/keeping/check/check-mails.ts';
import { allBodies } from '../../../storage-server/keeping/check/compare-rows.ts';
import { RowProof, type RowToCompare } from '../../../storage-server/keeping/check/row-proof.ts';
import { expireMails } from '../../../storage-server/mailbox/expire-mails.ts';
import type { MailChange } from '../../../storage-server/mail/mail-state.ts';
import { makeSelections } from '../../../storage-server/mail/selection/selections.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, NOW, incoming, newUser, startMailRig } from '../mail-rig.ts';

/** Another one: `SEED=n node --test …`. */
const SEED = Number(process.env['SEED'] ?? 4);
const ROUNDS = Number(process.env['ROUNDS'] ?? 60);
const MAILBOXES = ['mbx_inbox', 'mbx_own', 'mbx_archive', 'mbx_trash', 'mbx_junk'];
const ACCOUNTS = ['acc_a', 'acc_b', 'acc_c'];
const LABELS = ['Work', 'WORK', 'Señal', 'sen\u0303al', 'x'];
const FLAGS: Flag[] = ['seen', 'flagged', 'answered'];

/** Numbers that look like chance and are the same for a seed (mulberry32). */
function makeChance(seed: number) {
  let state = seed;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const some = <T>(list: readonly T[], chance = 3): T[] => list.filter(() => below(chance) === 0);
  return { below, pick, some };
}
type Chance = ReturnType<typeof makeChance>;

/** Of few Message-IDs and subjects, so that threads meet, wait for their original and are merged. */
function writeMessage({ below, pick, some }: Chance): string {
  const near = below(60);
  const references = some([near + 1, near + 2, below(60)], 2).map((one) => `<m${one}@x>`);
  return [
    `From: a${below(3)}@x.test`,
    `To: a${below(3)}@x.test`,
    `Subject: ${pick(['', 'Re: ', 'Re: '])}Topic ${below(9)}`,
    `Date: ${new Date(NOW - below(20) * HOUR).toUTCString()}`,
    ...(below(8) === 0 ? [] : [`Message-ID: <m${near}@x>`]),
    ...(references.length === 0 ? [] : [`References: ${references.join(' ')}`]),
    '',
    `Text ${below(4)}`,
    '',
  ].join('\r\n');
}

for (const name of ENGINES) {
  describe(`changes by chance on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: MailRig;
    before(async () => {
      engine = await startEngine(name);
      rig = await startMailRig(engine);
    });
    after(async () => {
      await rig.stop();
      await engine.stop();
    });

    /** Everything that repeats what rows say, compared with a recount. */
    const check = async (user: string): Promise<void> => {
      const sizes = new Map<string, number>();
      const blobs = await rig.db.read.all<{ id: string }>(
        'SELECT header AS id FROM mail_original WHERE user_id = ? UNION SELECT body FROM mail_original WHERE user_id = ?',
        [user, user],
      );
      for (const { id } of blobs) sizes.set(id, (await rig.blobs.read(id)).length);
      const blobProof = new BlobProof(rig.dataDir, Buffer.alloc(32, 7));
      const rows = new RowProof(blobProof);
      const proof = { compareRows: async (some: readonly RowToCompare[]) => rows.compare(some) };
      const sizeOf = (id: string): number | null => sizes.get(id) ?? null;
      const against = { ids: rig.core.ids, sizeOf, proof, bodies: allBodies };
      const { findings } = await rig.db.snapshot(async (read) => await checkMails(read, user, against));
      blobProof.close();
      assert.deepEqual(findings, []);
      const aliases = `SELECT COUNT(*) AS chains FROM thread_alias a WHERE user_id = ? AND
        (EXISTS (SELECT 1 FROM thread_alias b WHERE b.user_id = a.user_id AND b.thread = a.target)
         OR EXISTS (SELECT 1 FROM mail m WHERE m.user_id = a.user_id AND m.thread = a.thread))`;
      assert.deepEqual(await rig.db.read.get(aliases, [user]), { chains: 0 });
    };
    const readStates = async (user: string): Promise<unknown[]> =>
      await rig.db.read.all('SELECT id, mailbox, flags, labels FROM mail WHERE user_id = ? ORDER BY id', [
        user,
      ]);

    test(`counters, labels and conversations are what a recount makes them (seed ${SEED})`, async () => {
      const chance = makeChance(SEED);
      const { below, pick, some } = chance;
      const user = newUser();
      const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
      const selections = makeSelections({
        ...rig.core,
        random,
        search: { findNumbers: async () => [...Array(400).keys()].filter(() => below(9) === 0) },
      });
      const ids: string[] = [];
      const drafts: string[] = [];
      const operations: string[] = [];
      const sent: string[] = [];

      const ingest = async (): Promise<void> => {
        const batch = Array.from({ length: 1 + below(9) }, () => {
          const source = below(4) === 0 && sent.length > 0 ? pick(sent) : writeMessage(chance);
          sent.push(source);
          const labels = some(LABELS);
          const filed = { account: pick(ACCOUNTS), mailbox: pick(MAILBOXES), flags: some(FLAGS), labels };
          return incoming(source, { ...filed, ...(below(5) === 0 ? { apart: true } : {}) });
        });
        ids.push(...(await rig.mails.ingestMails(user, batch)).map(({ mailId }) => mailId));
      };
      const draft = async (): Promise<void> => {
        const content = { source: Buffer.from(writeMessage(chance)), received: rig.clock.at, sendKey: null };
        const known = drafts.length > 0 && below(3) > 0 ? pick(drafts) : null;
        if (known === null) {
          const added = { ...content, account: null, mailbox: 'mbx_drafts', flags: ['draft' as const] };
          drafts.push((await rig.mails.ingestMails(user, [added]))[0]!.mailId);
        } else {
          const mailbox = below(3) === 0 ? { mailbox: pick(MAILBOXES) } : {};
          await rig.mails.replaceMail(user, known, { ...content, flags: null, ...mailbox });
        }
      };
      const select = async (): Promise<Selection> => {
        if (below(3) === 0) return { ids: Array.from({ length: 1 + below(6) }, () => pick(ids)) };
        const some = await rig.mails.readRows(user, [pick(ids)]);
        const filters: MailFilter[] = [
          { mailbox: pick(MAILBOXES) },
          { mailbox: pick(MAILBOXES), unread: below(2) === 0 },
          { label: pick(LABELS) },
          { account: pick(ACCOUNTS) },
          { from: 'A1@x.test' },
          { query: 'any' },
          ...some.map(({ threadId }) => ({ thread: threadId })),
        ];
        const except = below(2) === 0 ? [pick(ids)] : [];
        const upTo = below(4) === 0 ? below(await rig.mails.readModseq(user)) : null;
        return { where: pick(filters), except, upTo };
      };
      const decide = (): MailChange =>
        pick<MailChange>([
          { mailbox: pick(MAILBOXES) },
          { addFlags: some(FLAGS), removeFlags: some(FLAGS) },
          { addLabels: some(LABELS), removeLabels: some(LABELS) },
          { mailbox: pick(MAILBOXES), addFlags: ['seen'], addLabels: some(LABELS) },
        ]);
      const change = async (): Promise<void> => {
        const { operation } = await selections.change(user, await select(), decide());
        if (operation !== null) operations.push(operation);
      };
      const changeAndUndo = async (): Promise<void> => {
        const states = await readStates(user);
        const { operation, changed } = await selections.change(user, await select(), decide());
        if (operation === null) return;
        assert.deepEqual(await selections.undo(user, operation), { changed, skipped: 0 });
        assert.deepEqual(await readStates(user), states);
      };
      const undo = async (): Promise<void> => {
        const [operation] = operations.splice(below(operations.length + 1), 1);
        if (operation !== undefined) await selections.undo(user, operation);
      };
      const remove = async (): Promise<void> => {
        const where = { mailbox: pick(['trash', 'junk', 'inbox']), unread: true };
        await selections.remove(user, { where, except: [], upTo: null });
      };
      const byIds = async (): Promise<void> => {
        const few = Array.from({ length: 1 + below(5) }, () => pick(ids));
        await pick([
          async () => await rig.mails.flag(user, few, some(FLAGS), some(FLAGS)),
          async () => await rig.mails.move(user, few, pick(MAILBOXES)),
          async () => await rig.mails.remove(user, few),
        ])();
      };
      const expire = async (): Promise<void> => {
        rig.clock.at += 3 * DAY;
        await expireMails({ ...rig.core, log: silentLogger });
      };
      const works = [
        ingest,
        ingest,
        draft,
        change,
        change,
        changeAndUndo,
        undo,
        remove,
        byIds,
        byIds,
        expire,
      ];
      const refused = (error: { code?: string }): void => {
        if (!['not-found', 'forbidden'].includes(error.code ?? '')) throw error;
      };

      await ingest();
      for (let round = 0; round < ROUNDS; round++) {
        const one = pick(works);
        // What is done at the same time as something else may well be undone by halves.
        const beside = one === changeAndUndo ? [] : some([change, undo, ingest], 6);
        await Promise.all([one, ...beside].map(async (work) => await work().catch(refused)));
        if (round % 10 === 9) await check(user);
      }
      assert.ok(ids.length > ROUNDS);
      await check(user);
    });
  });
}
