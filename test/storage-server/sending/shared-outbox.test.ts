import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeOutboxes } from '../../../storage-server/sending/relay/outboxes.ts';
import type { Relay } from '../../../storage-server/sending/relay/relays.ts';
import { takeResults } from '../../../storage-server/sending/relay/take-results.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { ANA, openPostOffice, type PostOffice } from './post-office.ts';

const accepted = {
  address: 'b@x.test',
  state: 'accepted',
  route: 'relay',
  host: 'mx.x.test',
  code: 250,
  enhanced: null,
  tls: null,
  attempts: 1,
  lastAttempt: null,
  nextTry: null,
  reason: null,
  serverLine: null,
} as const;

for (const engine of ENGINES) {
  describe(`two relays with one outbox on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    before(async () => {
      office = await openPostOffice(engine);
    });
    after(async () => await office?.stop());

    test('what both bring is taken once, and later only what is new', async () => {
      const results = [1, 2].map((seq) => ({
        seq,
        queueId: `queue_${seq}`,
        user: ANA,
        sendKey: `unknown-${seq}`,
        kind: 'recipient',
        recipient: accepted,
      }));
      const acks: [string, number][] = [];
      const makeRelay = (id: string): Relay => {
        const mutate = async ({ ack }: { ack: number }) => {
          acks.push([id, ack]);
          return { outbox: 'outbox_shared', results: results.filter(({ seq }) => seq > ack) };
        };
        return { id, api: { result: { claim: { mutate } } } } as unknown as Relay;
      };
      const [first, second] = [makeRelay('relay_a'), makeRelay('relay_b')];
      let taken = 0;
      const core = { ...office.core, wakeOutbox: () => void (taken += 1) };
      const outboxes = makeOutboxes();
      const { signal } = new AbortController();
      await Promise.all([
        takeResults(core, first, outboxes, signal),
        takeResults(core, second, outboxes, signal),
      ]);
      assert.equal(taken, 2, 'the second to come is asked again');
      results.push({ ...results[0]!, seq: 3 });
      await takeResults(core, second, outboxes, signal);
      await takeResults(core, first, outboxes, signal);
      assert.equal(taken, 3);
      assert.deepEqual(acks, [
        ['relay_a', 0],
        ['relay_b', 0],
        ['relay_b', 2],
        ['relay_a', 3],
      ]);
      // After a start nobody knows whose outbox it is: a relay whose news another took is asked once more.
      const afresh = makeOutboxes();
      results.push({ ...results[0]!, seq: 4 });
      await takeResults(core, first, afresh, signal);
      assert.equal(taken, 3);
      await takeResults(core, first, afresh, signal);
      assert.equal(taken, 4);
    });
  });
}
