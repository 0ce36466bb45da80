import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { makeOutboxes } from '../../../storage-server/sending/relay/outboxes.ts';
import type { Relay } from '../../../storage-server/sending/relay/relays.ts';
import { takeResults } from '../../../storage-server/sending/relay/take-results.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { ANA, listRole, openPostOffice, type PostOffice } from './post-office.ts';

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

function makeResult(seq: number, outbox: string) {
  const sendKey = `${outbox}-${seq}`;
  return { seq, queueId: `queue_${seq}`, user: ANA, sendKey, kind: 'recipient', recipient: accepted };
}

function keyOf(fields: object = {}): string {
  return 'sendKey' in fields ? String(fields.sendKey) : '';
}

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
        const mutate = async ({ outbox, ack }: { outbox: string | null; ack: number }) => {
          acks.push([id, ack]);
          assert.ok(outbox !== null || ack === 0);
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
      // After a start nobody knows whose outbox it is: it is asked for without acknowledging anything, and once more.
      const afresh = makeOutboxes();
      results.push({ ...results[0]!, seq: 4 });
      await takeResults(core, first, afresh, signal);
      assert.equal(taken, 3);
      await takeResults(core, first, afresh, signal);
      assert.equal(taken, 4);
      assert.deepEqual(acks.slice(4), [
        ['relay_a', 0],
        ['relay_a', 3],
      ]);
    });

    test('a relay that was moved onto another queue loses none of its results', async () => {
      const taken: string[] = [];
      const said: (string | null)[] = [];
      let outbox = 'outbox_before';
      const mutate = async (claim: { outbox: string | null; ack: number }) => {
        said.push(claim.outbox);
        const ack = claim.outbox === outbox ? claim.ack : 0;
        const all = [1, 2, 3].map((seq) => makeResult(seq, outbox));
        return { outbox, results: all.filter(({ seq }) => seq > ack) };
      };
      const relay = { id: 'relay_c', api: { result: { claim: { mutate } } } } as unknown as Relay;
      const log = {
        ...office.core.log,
        info: (_event: string, fields?: object) => taken.push(keyOf(fields)),
      };
      const core = { ...office.core, log };
      const outboxes = makeOutboxes();
      const { signal } = new AbortController();
      await takeResults(core, relay, outboxes, signal);
      outbox = 'outbox_after';
      await takeResults(core, relay, outboxes, signal);
      assert.deepEqual(
        taken,
        ['before', 'after'].flatMap((when) => [1, 2, 3].map((seq) => `outbox_${when}-${seq}`)),
      );
      assert.deepEqual(said, [null, 'outbox_before']);
    });

    test('a result that fails again and again holds the others up for a while only', async () => {
      const raw = Buffer.from('Subject: Undelivered\r\n\r\nno such user\r\n').toString('base64');
      const results = [1, 2].map((seq) => ({ ...makeResult(seq, 'outbox_broken'), kind: 'dsn', raw }));
      const mutate = async ({ ack }: { ack: number }) => ({
        outbox: 'outbox_broken',
        results: results.filter(({ seq }) => seq > ack),
      });
      const relay = { id: 'relay_d', api: { result: { claim: { mutate } } } } as unknown as Relay;
      const passedOver: unknown[] = [];
      const log = { ...office.core.log, error: (...said: unknown[]) => passedOver.push(said) };
      let failure: Error | null = new MailError('unavailable', 'nobody knows the Inbox now');
      const findMailbox: typeof office.core.home.findMailbox = async (user, name) => {
        if (failure !== null) throw failure;
        return await office.core.home.findMailbox(user, name);
      };
      const core = { ...office.core, home: { ...office.core.home, findMailbox }, log };
      const outboxes = makeOutboxes();
      const { signal } = new AbortController();
      const take = async () => await takeResults(core, relay, outboxes, signal);
      for (let tries = 0; tries < 30; tries += 1) await assert.rejects(take, failure);
      failure = new TypeError('no state to read');
      for (let tries = 0; tries < 19; tries += 1) await assert.rejects(take, failure);
      assert.deepEqual(passedOver, []);
      await assert.rejects(take, failure, 'passed over, and the next one fails');
      const [[event, fields] = []] = passedOver as [string, Record<string, unknown>][];
      assert.deepEqual(
        [event, fields?.['seq'], fields?.['sendKey']],
        ['result.passed-over', 1, 'outbox_broken-1'],
      );
      failure = null;
      await take();
      assert.deepEqual([(await listRole(office, 'inbox')).length, passedOver.length], [1, 1]);
    });
  });
}
