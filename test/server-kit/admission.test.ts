import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { type Knock, admitRequest, listKnownHosts } from '../../server-kit/http/admission.ts';

const hosts = listKnownHosts('https://mail.uni.example', { host: '127.0.0.1', port: 7310 });
const origins = new Set(['https://mail.uni.example', 'valija://app']);
const knock: Knock = { method: 'POST', host: 'localhost:7310', origin: undefined, hasBearer: false };

const cases: [string, Partial<Knock>, string][] = [
  ['own origin', { origin: 'https://mail.uni.example', host: 'mail.uni.example' }, 'in'],
  ['the app', { origin: 'valija://app' }, 'in'],
  ['a foreign origin', { origin: 'https://evil.example' }, 'unknown-origin'],
  [
    'a foreign origin that has a token',
    { origin: 'https://evil.example', hasBearer: true },
    'unknown-origin',
  ],
  ['the opaque origin', { origin: 'null' }, 'unknown-origin'],
  ['no origin, no token', {}, 'no-origin'],
  ['no origin, a token', { hasBearer: true }, 'in'],
  ['a plain read', { method: 'GET' }, 'in'],
  ['another name for this machine', { method: 'GET', host: 'rebound.example:7310' }, 'unknown-host'],
  ['another port', { method: 'GET', host: 'localhost:80' }, 'unknown-host'],
  ['no host', { method: 'GET', host: undefined }, 'unknown-host'],
  ['capital letters', { method: 'GET', host: 'LocalHost:7310' }, 'in'],
];
for (const [name, change, expected] of cases) {
  test(`${name}: ${expected}`, () => {
    let outcome = 'in';
    try {
      admitRequest({ ...knock, ...change }, { hosts, origins });
    } catch (error) {
      assert(error instanceof MailError && error.code === 'forbidden');
      outcome = error.reason ?? '';
    }
    assert.equal(outcome, expected);
  });
}
