import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { Suppression } from '../../../common/shapes/suppression.ts';
import type { Relay, Relays } from '../../../storage-server/sending/relay/relays.ts';
import {
  listSuppressions,
  removeSuppressions,
} from '../../../storage-server/sending/suppression/suppressions.ts';

const entry = (address: string, since: string): Suppression => ({
  address,
  reason: 'recipient-refused/unknown-user',
  serverLine: null,
  code: 550,
  enhanced: '5.1.1',
  since,
  until: '2027-01-01T00:00:00.000Z',
  times: 1,
});

/** A relay that knows these; null: it does not answer. */
function makeRelay(known: Suppression[] | null): Relay & { asked: unknown[] } {
  const asked: unknown[] = [];
  const answer = async <T>(input: unknown, value: T): Promise<T> => {
    asked.push(input);
    return known === null
      ? await Promise.reject(new MailError('unavailable', 'gone'))
      : await Promise.resolve(value);
  };
  const suppression = {
    list: { query: async (input: unknown) => await answer(input, { suppressions: known }) },
    remove: { mutate: async (input: unknown) => await answer(input, { removed: known?.length ?? 0 }) },
  };
  return { id: 'relay', submission: {}, api: { suppression }, asked } as unknown as ReturnType<
    typeof makeRelay
  >;
}

const withRelays = (...relays: Relay[]): Relays =>
  ({ list: async () => await Promise.resolve(relays) }) as unknown as Relays;

test('relays with queues of their own are read together, the latest entry of each address first', async () => {
  const relays = withRelays(
    makeRelay([entry('b@x.test', '2026-02-01'), entry('a@x.test', '2026-01-01')]),
    makeRelay([entry('a@x.test', '2026-03-01')]),
  );
  const { suppressions } = await listSuppressions(relays, 'ana', 10);
  assert.deepEqual(
    suppressions.map(({ address, since }) => [address, since]),
    [
      ['a@x.test', '2026-03-01'],
      ['b@x.test', '2026-02-01'],
    ],
  );
  assert.equal((await listSuppressions(relays, 'ana', 1)).suppressions.length, 1);
});

test('every relay is told what is taken off, and one that is down does not hinder it', async () => {
  const [up, down] = [makeRelay([entry('a@x.test', '2026-01-01')]), makeRelay(null)];
  const relays = withRelays(down, up);
  assert.deepEqual(await removeSuppressions(relays, 'ana', ['a@x.test']), { removed: 1 });
  assert.deepEqual([down.asked.length, up.asked], [1, [{ user: 'ana', addresses: ['a@x.test'] }]]);
  assert.equal((await listSuppressions(relays, 'ana', 10)).suppressions.length, 1);
});

test('without any relay that answers it says so', async () => {
  const isUnavailable = (error: unknown): boolean =>
    error instanceof MailError && error.code === 'unavailable';
  await assert.rejects(listSuppressions(withRelays(makeRelay(null)), 'ana', 10), isUnavailable);
  await assert.rejects(listSuppressions(withRelays(), 'ana', 10), isUnavailable);
});
