import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { HostTurns } from '../../../storage-server/retrieval/turns/host-turns.ts';
import { countFree, decidePace } from '../../../storage-server/retrieval/turns/places.ts';
import { MemoryShare, decideShare } from '../../../storage-server/retrieval/turns/memory-share.ts';

const MIB = 1 << 20;

test('how many polls to begin: up to 400 at once, in small steps where time or memory is short', () => {
  const table: [running: number, utilization: number, memory: number, free: number][] = [
    [0, 0, 100, 64],
    [390, 0.5, 100, 10],
    [400, 0, 100, 0],
    [500, 0, 100, 0],
    [100, 0.95, 100, 8],
    [398, 0.95, 100, 2],
    [10, 0, 2000, 8],
    [60, 0, 2000, 4],
    [64, 0, 2000, 0],
  ];
  for (const [running, utilization, memory, free] of table) {
    assert.equal(countFree({ running, utilization, memory: memory * MIB }), free, `${running} ${memory}`);
  }
});

test('few sessions wait for no others', () => {
  assert.deepEqual([decidePace(8), decidePace(33)], [20, 50]);
});

test('memory for what waits is shared by the sessions that retrieve', () => {
  const table: [transferring: number, share: number][] = [
    [1, 2 * MIB],
    [32, 2 * MIB],
    [64, MIB],
    [400, MIB / 4],
  ];
  for (const [transferring, share] of table) assert.equal(decideShare(transferring), share);
  const share = new MemoryShare();
  for (let n = 0; n < 31; n++) share.enter();
  assert.equal(share.enter(), 2 * MIB);
  share.leave();
  assert.equal(share.transferring, 31);
});

test('of one user at one host four at once; the next one’s turn comes when one ends, and waiting can be ended', async () => {
  const turns = new HostTurns();
  const { signal } = new AbortController();
  const leave = await Promise.all([1, 2, 3, 4].map(async () => await turns.enter('ana', 'h', signal)));
  await turns.enter('ana', 'other', signal);
  await turns.enter('bea', 'h', signal);
  const order: string[] = [];
  const enter = async (name: string, until: AbortSignal) => {
    const end = await turns.enter('ana', 'h', until);
    order.push(name);
    return end;
  };
  const stop = new AbortController();
  const stopped = enter('stopped', stop.signal);
  const fifth = enter('fifth', signal);
  const sixth = enter('sixth', signal);
  stop.abort(new MailError('unavailable', 'stopped'));
  await assert.rejects(stopped, { code: 'unavailable' });
  leave[0]!();
  leave[0]!();
  const endFifth = await fifth;
  assert.deepEqual(order, ['fifth'], 'ending twice frees one place only');
  endFifth();
  await sixth;
  assert.deepEqual(order, ['fifth', 'sixth']);
});
