import assert from 'node:assert/strict';
import test from 'node:test';
import { MailError, type ErrorCode } from '../../../common/errors.ts';
import { listProbeHosts, probeHosts, type Greet } from '../../../storage-server/discovery/probe.ts';

function fail(code: ErrorCode, reason?: string): MailError {
  return new MailError(code, 'x', reason === undefined ? {} : { reason });
}

const PORTS = { implicit: 995, starttls: 110 };
const NEVER = new AbortController().signal;

test('probing: few names, the best that works wins whichever answers first', async () => {
  const hosts = listProbeHosts('example.org', ['mx1.example.org', 'mx2.example.org']);
  assert.deepEqual(hosts, [
    'pop.example.org',
    'pop3.example.org',
    'mail.example.org',
    'example.org',
    'mx1.example.org',
  ]);
  let running = 0;
  let most = 0;
  const asked: string[] = [];
  const greet: Greet = async ({ host, port }) => {
    asked.push(`${host}:${port}`);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    if (host === 'pop.example.org') await new Promise((resolve) => setTimeout(resolve, 20));
    running--;
    if (host === 'mail.example.org') return null;
    return host === 'pop3.example.org' && port === 110 ? null : fail('connect-refused');
  };
  const { server } = await probeHosts(hosts, PORTS, greet, NEVER);
  assert.deepEqual(server, { host: 'pop3.example.org', port: 110, tls: 'starttls' });
  assert.equal(most, 3);
  assert.ok(!asked.includes('mx1.example.org:110'), asked.join());
});

test('probing: a server that offers no encryption is told apart; a name that is not there is asked once', async () => {
  const asked: string[] = [];
  const greet: Greet = async ({ host, port }) => {
    asked.push(`${host}:${port}`);
    if (host !== 'b.org') return fail('dns', 'unknown-host');
    return port === 995 ? fail('connect-refused') : fail('tls', 'starttls-not-offered');
  };
  const probed = await probeHosts(['a.org', 'b.org'], PORTS, greet, NEVER);
  assert.deepEqual(probed, { server: null, unencrypted: { host: 'b.org', port: 110 } });
  assert.deepEqual(asked.toSorted(), ['a.org:995', 'b.org:110', 'b.org:995']);
});

test('probing: nobody is asked any more once it is stopped', async () => {
  let asked = 0;
  const greet: Greet = async () => (asked++, null);
  await probeHosts(['a.org'], PORTS, greet, AbortSignal.abort());
  assert.equal(asked, 0);
});
