import assert from 'node:assert/strict';
import { it } from 'node:test';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { readAgainWhenStale } from '../../../desktop/renderer/mail/cache/read-again.ts';

it('what is no longer true while it is read for the first time is read again', async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  readAgainWhenStale(queries);
  let value = 'old';
  const gates: PromiseWithResolvers<void>[] = [];
  const queryFn = async (): Promise<string> => {
    const read = value;
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    return read;
  };
  const observer = new QueryObserver(queries, { queryKey: ['list'], queryFn });
  const seen: (string | undefined)[] = [];
  const isNew = Promise.withResolvers<void>();
  const leave = observer.subscribe(({ data }) => {
    if (data !== seen.at(-1)) seen.push(data);
    if (data === 'new') isNew.resolve();
  });
  value = 'new';
  void queries.invalidateQueries({ queryKey: ['list'] });
  assert.equal(gates.length, 1, 'joined');
  gates[0]?.resolve();
  while (gates.length < 2) await new Promise((resolve) => setImmediate(resolve));
  gates[1]?.resolve();
  await isNew.promise;
  assert.deepEqual(seen, ['old', 'new']);
  // And no more than that.
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(gates.length, 2);
  leave();
  queries.clear();
});
