import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { silentLogger } from '../../server-kit/log.ts';
import { readSettings } from '../../server-kit/settings.ts';
import { makeWayOut } from '../../smtp-relay/way-out.ts';
import { makeMovableClock } from '../harness/movable-clock.ts';
import { chooseNames } from '../../smtp-relay/own-name.ts';

/** VALIJA_RELAY_URL, name of the machine, VALIJA_RELAY_ADDRESSES → name in headers, in EHLO, whether others can look it up. */
const CASES: readonly [string, string, string[] | null, [string, string, boolean]][] = [
  ['https://relay.example.org', 'box', null, ['relay.example.org', 'relay.example.org', true]],
  ['https://Relay.Example.org.:7330', 'box', null, ['relay.example.org', 'relay.example.org', true]],
  ['http://localhost:7330', 'Box.Example.ORG', null, ['localhost', 'box.example.org', true]],
  ['http://localhost:7330', 'box', null, ['localhost', '[127.0.0.1]', false]],
  ['http://localhost:7330', 'localhost.localdomain', null, ['localhost', '[127.0.0.1]', false]],
  ['http://localhost:7330', 'box', ['198.51.100.7'], ['localhost', '[198.51.100.7]', false]],
  ['https://93.184.216.34:7330', 'box', null, ['localhost', '[93.184.216.34]', false]],
  ['https://93.184.216.34:7330', 'box', ['198.51.100.7'], ['localhost', '[93.184.216.34]', false]],
  ['https://93.184.216.34', 'box.example.org', null, ['localhost', 'box.example.org', true]],
  ['https://10.0.0.5:7330', 'box', null, ['localhost', '[127.0.0.1]', false]],
  ['https://10.0.0.5:7330', 'box', ['2001:DB8::7'], ['localhost', '[IPv6:2001:db8::7]', false]],
  ['https://[2606:4700::1]', 'box', null, ['localhost', '[IPv6:2606:4700::1]', false]],
  ['https://relay:7330', 'box.example.org', null, ['relay', 'box.example.org', true]],
  ['https://relay:7330', 'box', ['198.51.100.7'], ['relay', '[198.51.100.7]', false]],
  ['https://relay:7330', 'box', null, ['relay', 'relay', false]],
];
for (const [relayUrl, machine, addresses, [headers, ehlo, isQualified]] of CASES) {
  test(`${relayUrl} on ${machine}, ${String(addresses)}: EHLO ${ehlo}`, () => {
    assert.deepEqual(chooseNames({ relayUrl, machine, addresses }), { headers, ehlo, isQualified });
  });
}

test('who starts a relay that sends by MX without a full name is told so', () => {
  const said: string[] = [];
  const log = { ...silentLogger, warn: (event: string) => void said.push(event) };
  const start = (more: Record<string, string>): void => {
    const values: Record<string, string> = { RELAY_URL: 'https://relay:7330', ...more };
    const settings = readSettings((name) => values[name], {
      profile: 1,
      storage: 2,
      submission: 3,
      relay: 4,
    });
    // Nothing of these is asked before a mail leaves.
    const unasked = { profile: null, database: null, suppressions: null } as never;
    makeWayOut({
      settings,
      dataDir: '',
      clock: makeMovableClock(),
      random: randomBytes,
      log,
      ...(unasked as Pick<Parameters<typeof makeWayOut>[0], 'profile' | 'database' | 'suppressions'>),
    });
  };
  start({ RELAY_SMARTHOST: 'smtp://smtp.example.org:25' });
  start({ RELAY_URL: 'https://relay.example.org' });
  assert.deepEqual(said, []);
  start({});
  assert.deepEqual(said, hostname().includes('.') ? [] : ['relay.no-full-name']);
});
