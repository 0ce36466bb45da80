import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { HashQueue } from '../../../profile-server/password/hash-queue.ts';

/** A queue whose work ends when the test says so; `begun` in the order of beginning. */
function makeRig(limit?: number) {
  const clock = { now: 0 };
  const queue = new HashQueue(limit, () => clock.now);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const refused: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    begun.push(name);
    await new Promise<void>((resolve) => ends.push(resolve));
  };
  const keep = (name: string, running: Promise<void>): void => {
    running.catch((error: unknown) => {
      assert.ok(error instanceof MailError && error.reason === 'busy');
      refused.push(name);
    });
  };
  return {
    clock,
    begun,
    refused,
    ask: (line: string, name: string) => keep(name, queue.run(line, work(name))),
    askInBackground: (name: string) => keep(name, queue.runInBackground(work(name))),
    /** Lets the work end that began first. */
    end: async () => {
      ends.shift()?.();
      await turn();
    },
  };
}

test('two at once, and lines take turns: a flood from one place holds up nobody else by more than one', async () => {
  const rig = makeRig();
  for (let n = 0; n < 6; n++) rig.ask('flood', `flood ${n}`);
  rig.ask('ana', 'ana');
  rig.ask('bea', 'bea');
  await turn();
  assert.deepEqual(rig.begun, ['flood 0', 'flood 1']);
  for (let n = 0; n < 8; n++) await rig.end();
  assert.deepEqual(rig.begun.slice(2, 6), ['flood 2', 'ana', 'bea', 'flood 3']);
  assert.equal(rig.begun.length, 8);
});

test('background work takes both places while nobody signs in', async () => {
  const rig = makeRig();
  for (let n = 0; n < 3; n++) rig.askInBackground(`background ${n}`);
  await turn();
  assert.deepEqual(rig.begun, ['background 0', 'background 1']);
  rig.ask('ana', 'ana');
  await rig.end();
  assert.deepEqual(rig.begun.slice(2), ['ana'], 'who comes then waits for one hash');
  await rig.end();
  rig.clock.now += 900;
  await rig.end();
  assert.deepEqual(rig.begun.slice(3), ['background 2']);
});

test('background work takes one place soon after a sign-in, and none while somebody waits', async () => {
  const rig = makeRig();
  rig.ask('ana', 'ana before');
  await turn();
  await rig.end();
  rig.begun.length = 0;
  for (let n = 0; n < 3; n++) rig.askInBackground(`background ${n}`);
  await turn();
  assert.deepEqual(rig.begun, ['background 0']);
  rig.ask('ana', 'ana 0');
  rig.ask('ana', 'ana 1');
  rig.ask('ana', 'ana 2');
  await turn();
  assert.deepEqual(rig.begun, ['background 0', 'ana 0']);
  await rig.end();
  await rig.end();
  assert.deepEqual(rig.begun.slice(2), ['ana 1', 'ana 2']);
  await rig.end();
  await rig.end();
  await rig.end();
  assert.deepEqual(rig.begun.slice(4), ['background 1', 'background 2']);
});

test('where too many wait, the longest line gives way', async () => {
  const rig = makeRig(4);
  for (let n = 0; n < 6; n++) rig.ask('flood', `flood ${n}`);
  rig.ask('flood', 'flood 6');
  await turn();
  assert.deepEqual(rig.refused, ['flood 6']);
  rig.ask('ana', 'ana');
  await turn();
  assert.deepEqual(rig.refused, ['flood 6', 'flood 5']);
  for (let n = 0; n < 3; n++) await rig.end();
  assert.ok(rig.begun.includes('ana'));
});

test('work that fails gives its place back', async () => {
  const queue = new HashQueue();
  const fail = async (): Promise<never> => await Promise.reject(new Error('no memory'));
  for (let n = 0; n < 4; n++) await assert.rejects(queue.run('ana', fail), /no memory/);
  for (let n = 0; n < 4; n++) await assert.rejects(queue.runInBackground(fail), /no memory/);
  assert.equal(await queue.run('ana', async () => await Promise.resolve('in')), 'in');
});
