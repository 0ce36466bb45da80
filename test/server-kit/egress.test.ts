import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { checkEgress, type EgressUse } from '../../server-kit/egress/decide.ts';
import { makeEgressGuard } from '../../server-kit/egress/guard.ts';
import { chooseAddresses } from '../../server-kit/egress/choose-addresses.ts';
import { parseNetworks } from '../../server-kit/egress/networks.ts';
import { startFakeDns, type FakeDnsAnswer } from '../fakes/dns-server.ts';

const reasonOf = (addresses: string[], port: number, allow: string[], use: EgressUse = 'mail') => {
  try {
    checkEgress({ host: 'h', port, use, addresses, allowed: parseNetworks(allow) });
    return 'allowed';
  } catch (error) {
    assert(error instanceof MailError && error.code === 'host-not-allowed');
    return error.reason;
  }
};

const cases: [string, string[], number, string[], string][] = [
  ['a public host on a mail port', ['93.184.216.34'], 995, [], 'allowed'],
  ['a public host on another port', ['93.184.216.34'], 8080, [], 'port'],
  ['loopback', ['127.0.0.1'], 995, [], 'network'],
  ['loopback of IPv6', ['::1'], 995, [], 'network'],
  ['IPv4 loopback inside IPv6', ['::ffff:127.0.0.1'], 995, [], 'network'],
  ['IPv4 loopback as IPv6 (deprecated form)', ['::7f00:1'], 995, [], 'network'],
  ['a private address', ['10.1.2.3'], 995, [], 'network'],
  ['link-local, where cloud metadata live', ['169.254.169.254'], 110, [], 'network'],
  ['unique local', ['fd00::1'], 110, [], 'network'],
  ['carrier-grade NAT', ['100.64.0.1'], 110, [], 'network'],
  ['the unspecified address', ['0.0.0.0'], 110, [], 'network'],
  ['multicast', ['224.0.0.1'], 110, [], 'network'],
  ['NAT64 of loopback', ['64:ff9b::7f00:1'], 110, [], 'network'],
  ['6to4 of loopback', ['2002:7f00:1::'], 110, [], 'network'],
  ['one forbidden address among several', ['93.184.216.34', '127.0.0.1'], 995, [], 'network'],
  ['an allowed private host on any port', ['10.1.2.3'], 11_110, ['10.0.0.0/8'], 'allowed'],
  ['an allowed single address', ['127.0.0.1'], 11_110, ['127.0.0.1'], 'allowed'],
  ['its neighbour', ['127.0.0.2'], 11_110, ['127.0.0.1'], 'network'],
  ['allowed beside public keeps the port rule', ['93.184.216.34', '10.0.0.1'], 1234, ['10.0.0.0/8'], 'port'],
];
for (const [name, addresses, port, allow, expected] of cases) {
  test(`egress to ${name}: ${expected}`, () => assert.equal(reasonOf(addresses, port, allow), expected));
}

test('HTTP has ports of its own', () => {
  assert.equal(reasonOf(['93.184.216.34'], 443, [], 'http'), 'allowed');
  assert.equal(reasonOf(['93.184.216.34'], 995, [], 'http'), 'port');
});

test('the guard connects by checked address and tells a closed port', async (t) => {
  const server = createServer((socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  const guard = makeEgressGuard({ allowNetworks: ['127.0.0.0/8'], dns: null });
  const socket = await guard.connect('127.0.0.1', address.port, 'mail', { timeoutMs: 2000 });
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).toString(), 'hello');

  const strict = makeEgressGuard({ allowNetworks: [], dns: null });
  const isRefused = (error: unknown) => error instanceof MailError && error.code === 'host-not-allowed';
  await assert.rejects(strict.connect('127.0.0.1', address.port, 'mail', { timeoutMs: 2000 }), isRefused);
  await assert.rejects(strict.connect('localhost', 1, 'mail', { timeoutMs: 2000 }), isRefused);
});

test('of a name with many addresses a few are tried, of both families in turn', () => {
  const tried = (names: string): string =>
    chooseAddresses(
      names.split(' ').map((name) => ({ name, family: name.startsWith('v') ? (6 as const) : (4 as const) })),
    )
      .map(({ name }) => name)
      .join(' ');
  assert.equal(tried('a'), 'a');
  assert.equal(tried('a b c d e f g'), 'a b c d e');
  assert.equal(tried('a b c d e f v1 v2'), 'a v1 b v2 c');
  assert.equal(tried('v1 a b c d e f'), 'v1 a b c d');
  assert.equal(tried('v1 v2 v3 v4 v5 v6 a'), 'v1 a v2 v3 v4');
  assert.deepEqual(chooseAddresses([]), []);
});

test('a name is unknown only where neither of its questions may still be answered', async (t) => {
  /** What is said of A and of AAAA → the reason. */
  const names: [string, FakeDnsAnswer, FakeDnsAnswer, string][] = [
    ['no-such-name.test', 'nxdomain', 'nxdomain', 'unknown-host'],
    ['without-address.test', 'nothing', 'nothing', 'unknown-host'],
    ['only-six.test', 'nothing', 'servfail', 'no-answer'],
    ['only-four.test', 'servfail', 'nothing', 'no-answer'],
    ['broken.test', 'servfail', 'servfail', 'no-answer'],
  ];
  const dns = await startFakeDns((name, type) => {
    const [, four, six] = names.find(([one]) => one === name) ?? ['', 'nxdomain', 'nxdomain'];
    return type === 'A' ? four : six;
  });
  t.after(() => dns.close());
  const guard = makeEgressGuard({ allowNetworks: [], dns });
  for (const [name, , , reason] of names)
    await assert.rejects(guard.resolve(name, 25, 'mail'), { code: 'dns', reason }, name);
});
