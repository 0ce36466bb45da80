import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StoreEvent } from '../../../common/shapes/event.ts';
import { makeEvents } from '../../../storage-server/event/events.ts';
import { watchUser } from '../../../storage-server/event/watch.ts';
import type { Mails } from '../../../storage-server/mail/mails.ts';

const check = (done: number): StoreEvent => ({
  type: 'check',
  account: 'acc_a',
  phase: 'retrieving',
  done,
  total: 10,
  error: null,
});

function start(healEvery?: number) {
  const state = { modseq: 5 };
  const events = makeEvents();
  const stop = new AbortController();
  const mails = { readModseq: async () => state.modseq } as Pick<Mails, 'readModseq'> as Mails;
  const watching = watchUser({ mails, events }, 'user_a', stop.signal, healEvery);
  const next = async () => (await watching.next()).value;
  return { state, events, stop, next, watching };
}

describe('watchUser', () => {
  test('first the modseq as it stands, then what is published, of this user only', async () => {
    const { events, stop, next, watching } = start();
    assert.deepEqual(await next(), { modseq: 5, event: { type: 'changed', modseq: 5 } });
    events.publish('user_b', { type: 'changed', modseq: 9 });
    events.publish('user_a', check(1));
    events.publish('user_a', { type: 'changed', modseq: 6 });
    assert.deepEqual(await next(), { modseq: 5, event: check(1) });
    assert.deepEqual(await next(), { modseq: 6, event: { type: 'changed', modseq: 6 } });
    stop.abort();
    assert.equal((await watching.next()).done, true);
  });

  test('changes that come faster than they are read are one, older ones are none', async () => {
    const { events, stop, next } = start();
    await next();
    for (const modseq of [6, 7, 8]) events.publish('user_a', { type: 'changed', modseq });
    assert.deepEqual(await next(), { modseq: 8, event: { type: 'changed', modseq: 8 } });
    events.publish('user_a', { type: 'changed', modseq: 7 });
    events.publish('user_a', check(2));
    assert.deepEqual((await next())?.event, check(2));
    stop.abort();
  });

  test('a lost hint heals by reading the modseq again', async () => {
    const { state, stop, next } = start(1);
    await next();
    state.modseq = 77;
    assert.deepEqual(await next(), { modseq: 77, event: { type: 'changed', modseq: 77 } });
    stop.abort();
  });

  test('a reader that does not read gets the newest, without end of memory', async () => {
    const { events, stop, next } = start();
    await next();
    for (let done = 0; done < 1000; done++) events.publish('user_a', check(done));
    const first = await next();
    assert.deepEqual(first?.event, check(800));
    stop.abort();
  });

  test('ending it ends the listening', async () => {
    const { events, stop, next, watching } = start();
    await next();
    const waiting = watching.next();
    stop.abort();
    assert.equal((await waiting).done, true);
    events.publish('user_a', check(1));
    assert.equal((await watching.next()).done, true);
  });
});
