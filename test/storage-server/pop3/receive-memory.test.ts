import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { ReceiveMemory, giveBack } from '../../../storage-server/pop3/receive-memory.ts';

const MIB = 1 << 20;

test('pieces grow by what comes, one after the other, in one block', () => {
  const memory = new ReceiveMemory();
  const first = memory.append(memory.append(null, Buffer.from('one ')), Buffer.from('message'));
  const second = memory.append(null, Buffer.from('another'));
  assert.equal(first.toString(), 'one message');
  assert.equal(second.toString(), 'another');
  assert.ok(first.buffer instanceof SharedArrayBuffer);
  assert.equal(first.buffer, second.buffer);
  memory.close();
});

test('a piece that does not fit moves on whole, and so does one that is not the last', () => {
  const memory = new ReceiveMemory();
  const filling = memory.append(null, Buffer.alloc(2 * MIB - 4, 1));
  const begun = memory.append(null, Buffer.from('abc'));
  const moved = memory.append(begun, Buffer.from('defg'));
  assert.equal(moved.toString(), 'abcdefg');
  assert.notEqual(moved.buffer, filling.buffer);
  const last = memory.append(null, Buffer.from('last'));
  const grown = memory.append(moved, Buffer.from('hij'));
  assert.deepEqual([grown.toString(), last.toString()], ['abcdefghij', 'last']);
  const huge = memory.append(grown, Buffer.alloc(5 * MIB, 2));
  assert.equal(huge.length, 10 + 5 * MIB);
  assert.equal(huge.subarray(0, 10).toString(), 'abcdefghij');
  memory.close();
});

test('a block is used again when everything in it was given back and its session has left it, not before', () => {
  const memory = new ReceiveMemory();
  const first = memory.append(null, Buffer.from('first'));
  const second = memory.append(null, Buffer.from('second'));
  const block = first.buffer;
  giveBack(first);
  giveBack(first);
  giveBack(Buffer.from('no piece'));
  memory.close();
  const other = new ReceiveMemory();
  assert.notEqual(other.append(null, Buffer.from('other')).buffer, block);
  assert.equal(second.toString(), 'second');
  giveBack(second);
  const third = new ReceiveMemory();
  assert.equal(third.append(null, Buffer.from('third')).buffer, block);
  other.close();
  third.close();
});

/** In a function of its own: what it made is out of sight when it returns. */
function receiveMuch(): void {
  const memory = new ReceiveMemory();
  const pieces = Array.from({ length: 40 }, () => memory.append(null, Buffer.alloc(MIB, 1)));
  for (const piece of pieces) giveBack(piece);
  assert.ok(process.memoryUsage().arrayBuffers > 24 * MIB);
  memory.close();
}

test('what a large import needed is free again once nobody receives anything', async () => {
  receiveMuch();
  const isFree = (): boolean => process.memoryUsage().arrayBuffers < 12 * MIB;
  // Left alone, V8 takes ten seconds even where there is as little as here.
  for (let tries = 0; tries < 60 && !isFree(); tries++) await setTimeout(50);
  assert.ok(isFree());
});
