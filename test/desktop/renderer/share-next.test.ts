import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shareNext } from '../../../desktop/renderer/session/share-next.ts';

it('who calls during a call gets what is read after it, together with others', async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const read = shareNext(async () => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
  });
  const first = read();
  const second = read();
  const third = read();
  gates[0]!.reject(new Error('no connection'));
  await assert.rejects(first, /no connection/);
  while (gates.length < 2) await new Promise((resolve) => setImmediate(resolve));
  gates[1]!.resolve();
  await Promise.all([second, third]);
  assert.equal(gates.length, 2);
  const later = read();
  gates[2]!.resolve();
  await later;
});
