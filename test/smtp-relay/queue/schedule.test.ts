import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MINUTE } from '../../../common/time.ts';
import { choosePriority } from '../../../smtp-relay/queue/priority.ts';
import type { Delivery, Priority } from '../../../smtp-relay/queue/queued-mail.ts';
import {
  FIRST_CONCURRENCY,
  adaptConcurrency,
  judgeOutcomes,
  type Verdict,
} from '../../../smtp-relay/queue/schedule/concurrency.ts';
import { makeHotMail } from '../../../smtp-relay/queue/schedule/hot-mails.ts';
import { makeLanes } from '../../../smtp-relay/queue/schedule/lanes.ts';
import { makeMemory } from '../../../smtp-relay/queue/schedule/memory.ts';
import { makePlaces } from '../../../smtp-relay/queue/schedule/places.ts';
import { makeReadyList } from '../../../smtp-relay/queue/schedule/ready-list.ts';
import { turnOf } from '../../../smtp-relay/queue/schedule/turn.ts';
import { makeMail, makeOutcome } from '../../harness/queued-mails.ts';

const CEILING = 20;

function learn(verdicts: readonly Verdict[]): number {
  return verdicts.reduce((one, verdict) => adaptConcurrency(one, verdict, CEILING), FIRST_CONCURRENCY).limit;
}

describe('how much a destination is asked at once', () => {
  const good = (count: number): Verdict[] => Array.from({ length: count }, () => 'good');
  const TABLE: [string, Verdict[], number][] = [
    ['begins low', [], 3],
    ['grows with each delivery at first', good(4), 7],
    ['never above its ceiling', good(100), CEILING],
    ['halves when the host has no time', [...good(17), 'strained'], 10],
    ['halves again', [...good(17), 'strained', 'strained'], 5],
    ['is never below one', ['strained', 'strained', 'strained', 'strained'], 1],
    [
      'then grows slowly: by one when all that it allows went well',
      [...good(17), 'strained', ...good(10)],
      11,
    ],
    ['from one too', ['strained', 'strained', ...good(1)], 2],
  ];
  for (const [what, verdicts, limit] of TABLE) test(what, () => assert.equal(learn(verdicts), limit));

  const OUTCOMES: [string, Parameters<typeof makeOutcome>[1], Verdict][] = [
    ['taken', {}, 'good'],
    ['421', { state: 'deferred', code: 421, reason: 'server-error' }, 'strained'],
    ['time-out', { state: 'deferred', code: null, reason: 'timeout' }, 'strained'],
    ['not reached', { state: 'deferred', code: null, reason: 'connect-refused' }, 'strained'],
    ['no such user', { state: 'failed', code: 550, reason: 'recipient-refused/unknown-user' }, 'good'],
  ];
  for (const [what, change, verdict] of OUTCOMES) {
    test(`${what} is ${verdict}`, () => assert.equal(judgeOutcomes([makeOutcome(0, change)]), verdict));
  }

  test('is counted and remembered for each destination by itself', () => {
    const lanes = makeLanes();
    for (let n = 0; n < 3; n++) lanes.enter('mx:a.test');
    assert.deepEqual(lanes.listFull(), ['mx:a.test']);
    lanes.leave('mx:a.test', 'strained');
    assert.deepEqual([lanes.limitOf('mx:a.test'), lanes.limitOf('mx:b.test')], [1, 3]);
    assert.equal(lanes.inUse('mx:a.test'), 2);
    lanes.leave('mx:a.test', null);
    lanes.leave('mx:a.test', 'good');
    assert.deepEqual([lanes.inUse('mx:a.test'), lanes.limitOf('mx:a.test')], [0, 2]);
  });
});

describe('bulk', () => {
  const header = (...lines: string[]): Buffer =>
    Buffer.from(`From: a@x.test\r\n${lines.join('\r\n')}\r\n\r\nText\r\n`);
  const TABLE: [string, Buffer, number, Priority][] = [
    ['a letter', header('Subject: hi'), 1, 0],
    ['a letter to twenty', header('Subject: hi'), 20, 0],
    ['to more', header('Subject: hi'), 21, 1],
    ['Precedence', header('PRECEDENCE:  Bulk'), 1, 1],
    ['Precedence: list', header('Precedence: list'), 1, 1],
    ['Precedence of another kind', header('Precedence: first-class'), 1, 0],
    ['List-Id', header('List-Id: <all.x.test>'), 1, 1],
    ['Auto-Submitted', header('Auto-Submitted: auto-generated'), 1, 1],
    ['Auto-Submitted: no', header('Auto-Submitted: no'), 1, 0],
    ['a List-Id in the text', Buffer.from('Subject: x\r\n\r\nList-Id: <x>\r\n'), 1, 0],
    ['without a text', Buffer.from('List-Id: <x>\r\n'), 1, 1],
  ];
  for (const [what, message, recipients, priority] of TABLE) {
    test(`${what}: ${priority}`, () => assert.equal(choosePriority(message, recipients), priority));
  }
});

function makeDelivery(lease: string, destination: string, priority: Priority = 0, size = 0): Delivery {
  const { recipients: _, body: __, copy: ___, ...facts } = makeMail({ priority });
  return { mail: { ...facts, size }, destination, recipients: [], lease, body: Buffer.alloc(size) };
}

describe('what waits in memory', () => {
  test('interactive mail goes first, and bulk after a minute all the same', () => {
    const ready = makeReadyList();
    const add = (lease: string, at: number, priority: Priority): void =>
      ready.add(makeDelivery(lease, 'mx:a.test', priority), turnOf(at, priority));
    add('old bulk', 0, 1);
    add('bulk', 2 * MINUTE, 1);
    add('first', 2 * MINUTE, 0);
    add('second', 2 * MINUTE + 1, 0);
    const order = [1, 2, 3, 4, 5].map(() => ready.take('mx:a.test')?.lease);
    assert.deepEqual(order, ['old bulk', 'first', 'second', 'bulk', undefined]);
    assert.equal(ready.size, 0);
  });

  test('destinations take turns', () => {
    const ready = makeReadyList();
    for (const lease of ['a1', 'a2', 'b1', 'b2']) ready.add(makeDelivery(lease, `mx:${lease[0]}.test`), 0);
    const order = [1, 2, 3, 4].map(() => ready.take(ready.destinations()[0] ?? '')?.lease);
    assert.deepEqual(order, ['a1', 'b1', 'a2', 'b2']);
  });

  test('what is paused is taken out at once', () => {
    const ready = makeReadyList();
    for (const lease of ['a1', 'a2', 'b1']) ready.add(makeDelivery(lease, `mx:${lease[0]}.test`), 0);
    assert.deepEqual(
      ready.drain('mx:a.test').map(({ lease }) => lease),
      ['a1', 'a2'],
    );
    assert.deepEqual([ready.size, ready.count('mx:a.test'), ready.count('mx:b.test')], [1, 0, 1]);
  });

  test('a dead destination does not get all of the memory', () => {
    const memory = makeMemory();
    const large = (destination: string): Delivery => makeDelivery('lease', destination, 0, 30 * 1024 * 1024);
    assert.ok(memory.take([large('mx:dead.test'), large('mx:dead.test')]));
    assert.equal(memory.take([large('mx:dead.test')]), false);
    assert.ok(memory.take([large('mx:b.test')]));
    assert.equal(memory.take([large('mx:b.test'), large('mx:c.test')]), false, 'all or none');
    memory.give(large('mx:dead.test'));
    assert.ok(memory.take([large('mx:c.test')]));
  });

  test('a new mail is grouped as a claim would group it, at most 100 recipients each', () => {
    const to = Array.from({ length: 120 }, (_, n) => `r${n}@${n % 10 === 0 ? 'b' : 'a'}.test`);
    let leases = 0;
    const options = { owner: 'relay_a', ends: 1, makeLease: () => `lease_${(leases += 1)}` };
    const { claim, deliveries } = makeHotMail(makeMail({}, to), options);
    assert.deepEqual(
      deliveries.map(({ destination, recipients, lease }) => [destination, recipients.length, lease]),
      [
        ['mx:b.test', 12, 'lease_1'],
        ['mx:a.test', 100, 'lease_2'],
        ['mx:a.test', 8, 'lease_3'],
      ],
    );
    for (const { lease, recipients } of deliveries) {
      for (const { number } of recipients) assert.equal(claim.leases[number], lease);
    }
  });
});

test('deliveries that turned slow leave their places to others, up to ten times as many', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let freed = 0;
  const places = makePlaces(2, () => (freed += 1));
  places.take('a');
  places.take('b');
  assert.equal(places.free, 0);
  places.give('b');
  assert.equal(places.free, 1);
  t.mock.timers.tick(10_000);
  assert.deepEqual([places.free, freed], [2, 1]);
  for (let number = 0; number < 18; number += 2) {
    places.take(`slow-${number}`);
    places.take(`slow-${number + 1}`);
    t.mock.timers.tick(10_000);
  }
  assert.equal(places.free, 1);
  places.give('a');
  assert.equal(places.free, 2);
});
