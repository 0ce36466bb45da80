import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Discovery } from '../../../common/shapes/discovery.ts';
import { keepAllowed } from '../../../storage-server/discovery/keep-allowed.ts';

type Core = Parameters<typeof keepAllowed>[0];

function allow(allowedHosts: string[] | null): Core {
  const read = { query: async () => ({ allowedHosts }) };
  return { profile: { policy: { read } } } as unknown as Core;
}

const only = (unencrypted: Discovery['unencrypted']): Discovery => ({
  email: 'ana@x.test',
  provider: null,
  found: [],
  unencrypted,
});

/** What the policy allows → whether a server without encryption is named. */
const CASES: readonly [string[] | null, boolean][] = [
  [null, true],
  [['pop.x.test'], true],
  [['*.x.test'], true],
  [['mail.corp.test'], false],
  [[], false],
];
for (const [hosts, named] of CASES) {
  test(`a server without encryption under ${JSON.stringify(hosts)}: ${named ? 'named' : 'kept back'}`, async () => {
    const plain = { host: 'pop.x.test', port: 110 };
    assert.deepEqual(await keepAllowed(allow(hosts), 'u', only(plain)), only(named ? plain : null));
  });
}
