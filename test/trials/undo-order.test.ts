import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { MailError } from '../../common/errors.ts';
import { handOver } from '../../storage-server/sending/relay/hand-over.ts';
import { findSendByMail } from '../../storage-server/sending/send-store.ts';
import { ENGINES, missingEngine } from '../harness/engines.ts';
import {
  ANA,
  type PostOffice,
  makeContent,
  openPostOffice,
  readRaw,
} from '../storage-server/sending/post-office.ts';

const ROUNDS = 24;
/** Most milliseconds by which one hand is earlier: taking back does more before it decides. */
const LEAD = { handOver: 60, others: 20 };

/** Numbers that are the same at each run (mulberry32). */
function makeDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

for (const engine of ENGINES) {
  suite(`undo, another time and hand-over at once on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    before(async () => {
      office = await openPostOffice(engine);
      // The loop rests: the trial itself hands over, when it wants to.
      await office.outbound.stop();
    });
    after(async () => await office.stop());

    test(`each of ${ROUNDS} races is decided once, for all who look`, async () => {
      const dice = makeDice(engine.length);
      const core = { ...office.core, relays: office.relays };
      const { signal } = new AbortController();
      const ends = { taken: 0, cancelled: 0, changed: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        const { drafts, sending } = office.outbound;
        const { id } = await drafts.save(ANA, {
          id: null,
          base: null,
          draft: makeContent({ subject: `${round}` }),
        });
        await sending.send(ANA, { draft: id, undo: 10, at: null, key: null });
        office.clock.at += 10_000;
        const send = (await findSendByMail(office.core.db.read, ANA, id))!;
        const later = new Date(office.clock.now() + 3_600_000).toISOString();
        const actors = [
          async () => await handOver(core, send, signal),
          async () => await sending.cancel(ANA, id),
          async () => await sending.changeTime(ANA, id, later),
        ];
        const done = await Promise.allSettled(
          actors.map(async (act, index) => {
            await delay(dice() * (index === 0 ? LEAD.handOver : LEAD.others));
            await act();
          }),
        );
        const failures = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
        for (const error of failures)
          assert.ok(error instanceof MailError && error.code === 'conflict', String(error));
        const { state } = (await findSendByMail(office.core.db.read, ANA, id))!;
        const copies = office.smtp.mails.filter(({ from }) => from.includes(send.sendKey));
        const [row] = await office.core.mails.readRows(ANA, [id]);
        const cancelled = done[1]?.status === 'fulfilled';
        const changed = done[2]?.status === 'fulfilled';
        const facts = `round ${round}: ${state}, ${copies.length} copies, cancelled ${cancelled}, changed ${changed}`;
        if (state === 'taken') {
          assert.deepEqual([copies.length, cancelled, row?.role], [1, false, 'sent'], facts);
          assert.equal(copies[0]!.raw.toString(), await readRaw(office, id), facts);
          ends.taken += 1;
        } else {
          assert.deepEqual(
            [state, copies.length, cancelled, row?.role],
            ['cancelled', 0, true, 'drafts'],
            facts,
          );
          ends.cancelled += 1;
        }
        if (changed && state === 'taken') assert.fail(`${facts}: it left although its time is later`);
        if (changed) ends.changed += 1;
      }
      assert.equal(ends.taken + ends.cancelled, ROUNDS, JSON.stringify(ends));
    });
  });
}
