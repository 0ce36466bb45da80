import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import { CALL_LIMIT } from '../../../server-kit/service-client.ts';
import { makeDiscovery, type Discoverer } from '../../../storage-server/discovery/make-discovery.ts';
import { makeMovableClock } from '../../harness/movable-clock.ts';

type Call = (input?: unknown, how?: { signal?: AbortSignal }) => Promise<unknown>;

/** A call that is never answered: it ends with its signal. */
const never: Call = async (_input, how) =>
  await new Promise((_resolve, reject) => {
    how?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

/** Discovery whose calls to the profile-server have a limit that is over at once. */
function makeImpatient(t: TestContext, answers: { providers: Call; policy: Call }): Discoverer {
  const original = AbortSignal.timeout.bind(AbortSignal);
  t.mock.method(AbortSignal, 'timeout', (ms: number) => original(ms === CALL_LIMIT ? 1 : ms));
  const profile = {
    oauth: { providers: { query: answers.providers } },
    policy: { read: { query: answers.policy } },
  };
  return makeDiscovery({
    settings: { dns: null },
    profile,
    clock: makeMovableClock(),
    random: (size: number) => new Uint8Array(size),
    log: silentLogger,
    egress: null,
  } as unknown as Parameters<typeof makeDiscovery>[0]);
}

const limit = { timeout: 2000 };

test('a profile-server that does not say which sign-ins there are is not waited for', limit, async (t) => {
  const discovery = makeImpatient(t, { providers: never, policy: async () => ({ allowedHosts: null }) });
  const { found, provider } = await discovery.find('u', 'ana@gmail.com');
  assert.equal(found[0]?.pop3.host, 'pop.gmail.com');
  assert.equal(provider?.oauth, null);
});

test('one that does not tell the policy is unavailable', limit, async (t) => {
  const discovery = makeImpatient(t, { providers: async () => ({ providers: [] }), policy: never });
  await assert.rejects(discovery.find('u', 'ana@gmail.com'), { code: 'unavailable' });
});
