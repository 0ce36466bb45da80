import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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

describe('what has to be read again stays so', () => {
  const begin = () => {
    const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
    readAgainWhenStale(queries);
    queries.setQueryData(['list'], 'old');
    const isStale = () => queries.getQueryState(['list'])?.isInvalidated;
    return { queries, isStale };
  };

  it('when something is put by hand, and until it is read', async () => {
    const { queries, isStale } = begin();
    await queries.invalidateQueries({ queryKey: ['list'] });
    queries.setQueryData(['list'], 'patched');
    assert.equal(isStale(), true);
    await queries.fetchQuery({ queryKey: ['list'], queryFn: () => 'new' });
    queries.setQueryData(['list'], 'patched');
    assert.equal(isStale(), false);
  });

  it('when its reading was given up after something was put by hand', async () => {
    const { queries, isStale } = begin();
    await queries.invalidateQueries({ queryKey: ['list'] });
    const queryFn = async ({ signal }: { signal: AbortSignal }) =>
      await new Promise<string>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('left'))),
      );
    const reading = queries.fetchQuery({ queryKey: ['list'], queryFn }).catch(() => 'left');
    queries.setQueryData(['list'], 'patched');
    await queries.cancelQueries({ queryKey: ['list'] });
    await reading;
    assert.equal(isStale(), true);
  });

  it('when reading it again failed and something was put by hand', async () => {
    const { queries, isStale } = begin();
    const queryFn = async (): Promise<string> => await Promise.reject(new Error('unavailable'));
    await queries.fetchQuery({ queryKey: ['list'], queryFn, staleTime: 0 }).catch(() => undefined);
    queries.setQueryData(['list'], 'patched');
    assert.equal(isStale(), true);
  });

  it('when it changes during the second try of a first reading', async () => {
    const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
    readAgainWhenStale(queries);
    const fail = async (): Promise<string> => await Promise.reject(new Error('unavailable'));
    await queries.fetchQuery({ queryKey: ['list'], queryFn: fail }).catch(() => undefined);
    const gates: PromiseWithResolvers<void>[] = [];
    const queryFn = async (): Promise<number> => {
      const gate = Promise.withResolvers<void>();
      const read = gates.push(gate);
      await gate.promise;
      return read;
    };
    const observer = new QueryObserver(queries, { queryKey: ['list'], queryFn });
    const leave = observer.subscribe(() => undefined);
    void queries.invalidateQueries({ queryKey: ['list'] });
    gates[0]?.resolve();
    while (gates.length < 2) await new Promise((resolve) => setImmediate(resolve));
    gates[1]?.resolve();
    while (queries.getQueryData(['list']) !== 2) await new Promise((resolve) => setImmediate(resolve));
    leave();
    queries.clear();
  });
});
