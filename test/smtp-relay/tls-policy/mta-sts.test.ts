import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { after, before, describe, test } from 'node:test';
import type { Shipment } from '../../../smtp-relay/transport/shipment.ts';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpOptions } from '../../fakes/smtp-server.ts';
import { makeAuthority, makeSelfSigned, type Certificate } from '../../harness/certificate.ts';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { startTransport, type TestTransport } from '../../harness/transport.ts';
import { startUnbound, type Unbound } from '../../harness/unbound.ts';

/** Domains with a policy, and its file; null: the web server does not have it any more. */
const files: Record<string, string | null> = {
  'safe.test': 'mode: enforce\nmx: mx.safe.test\nmx: *.backup.test',
  'testing.test': 'mode: testing\nmx: mx.safe.test',
  'forged.test': 'mode: enforce\nmx: mx.safe.test',
  'gone.test': 'mode: enforce\nmx: mx.safe.test',
  'page.test': 'mode: enforce\nmx: mx.safe.test',
  'exact.test': 'mode: enforce\nmx: mx.safe.test',
};
/** Media types other than the usual one. */
const types: Record<string, string> = {
  'page.test': 'text/html',
  'exact.test': 'Text/Plain ; charset=us-ascii; x=y',
};

describe('MTA-STS against real DNS, HTTPS and TLS', { skip: missingComponent('unbound', 'openssl') }, () => {
  const directory = makeTempDir('mta-sts');
  const hosts: FakeSmtp[] = [];
  let dns: Unbound;
  let web: Server;
  let transport: TestTransport;
  let good: FakeSmtp;
  let stripped: FakeSmtp;
  let expired: FakeSmtp;
  let ownSigned: FakeSmtp;
  let promising: FakeSmtp;

  const startHost = async (certificate: Certificate, options: FakeSmtpOptions = {}): Promise<FakeSmtp> => {
    const host = await startFakeSmtp({ certificate, ...options });
    hosts.push(host);
    return host;
  };
  before(async () => {
    const authority = makeAuthority(directory.path);
    authority.trust();
    const names = ['mx.safe.test', 'a.backup.test'];
    const leaf = authority.issue(names);
    good = await startHost(leaf);
    promising = await startHost(leaf, { extensions: ['8BITMIME', 'REQUIRETLS', 'PIPELINING'] });
    expired = await startHost(authority.issue(names, { expired: true }));
    ownSigned = await startHost(makeSelfSigned(directory.path, names));
    stripped = await startHost(leaf, {
      script: (connection, verb) => {
        // As whoever sits between does it: not offered, and refused when asked for all the same.
        if (verb === 'STARTTLS') connection.say('502 5.5.1 not here');
        else if (verb === 'EHLO') connection.say('250-fake greets you\r\n250 8BITMIME');
        else return false;
        return true;
      },
    });
    const domains = Object.keys(files);
    const policies = authority.issue(
      domains.filter((name) => name !== 'forged.test').map((name) => `mta-sts.${name}`),
    );
    const other = authority.issue(['www.forged.test']);
    web = createServer(
      {
        ...policies,
        SNICallback: (name, done) =>
          done(null, createSecureContext(name === 'mta-sts.forged.test' ? other : policies)),
      },
      (request, response) => {
        const domain = (request.headers.host ?? '').replace(/^mta-sts\.|:\d+$/g, '');
        const file = files[domain];
        if (file === null || file === undefined || request.url !== '/.well-known/mta-sts.txt') {
          response.writeHead(404).end();
        } else {
          response.writeHead(200, { 'content-type': types[domain] ?? 'text/plain' });
          response.end(`version: STSv1\n${file}\nmax_age: 86400\n`);
        }
      },
    );
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const address = web.address();
    dns = await startUnbound([
      ...domains.flatMap((name) => [
        `_mta-sts.${name}. TXT "v=STSv1; id=1;"`,
        `mta-sts.${name}. A 127.0.0.1`,
      ]),
      ...['mx.safe.test', 'a.backup.test', 'named.backup.test', 'mx.evil.test'].map(
        (name) => `${name}. A 127.0.0.1`,
      ),
    ]);
    transport = await startTransport({
      dns: { host: '127.0.0.1', port: dns.port },
      stsPort: typeof address === 'object' ? (address?.port ?? 0) : 0,
    });
  });
  after(async () => {
    await transport?.stop();
    await dns?.stop();
    web?.close();
    for (const host of hosts) await host.close();
    directory.remove();
  });

  const send = async (host: FakeSmtp, domain: string, mx: string[], change: Partial<Shipment> = {}) => {
    const heard = host.mails.length;
    const result = await transport.send({ port: host.port, hosts: mx }, { to: [`bob@${domain}`], ...change });
    assert.equal(host.mails.length - heard, result.state === 'accepted' ? 1 : 0);
    return `${result.state} ${result.reason ?? result.tls ?? 'in the clear'} ${result.enhanced}`;
  };
  const deferred = 'temporary tls/mta-sts 4.7.5';
  const refused = 'permanent tls/requiretls 5.7.30';
  const encrypted = 'accepted TLSv1.3 2.0.0';
  const clear = 'accepted in the clear 2.0.0';

  test('enforce: over verified TLS to a host that the policy names', async () => {
    assert.equal(await send(good, 'safe.test', ['mx.safe.test']), encrypted);
    assert.equal(
      await send(good, 'safe.test', ['mx.evil.test', 'a.backup.test']),
      encrypted,
      'by the second host',
    );
    assert.equal(await send(good, 'safe.test', ['mx.evil.test']), deferred);
    assert.ok(!good.commands.some((line) => line.includes('evil')));
  });

  test('enforce: deferred for a wrong name, an expired, an own certificate, and where STARTTLS was taken away', async () => {
    assert.equal(await send(good, 'safe.test', ['named.backup.test']), deferred);
    assert.equal(await send(expired, 'safe.test', ['mx.safe.test']), deferred);
    assert.equal(await send(ownSigned, 'safe.test', ['mx.safe.test']), deferred);
    assert.equal(await send(stripped, 'safe.test', ['mx.safe.test']), deferred);
    for (const host of [expired, ownSigned, stripped]) {
      assert.ok(!host.commands.some((line) => /MAIL|RCPT|DATA/.test(line)), 'nothing of the mail was said');
    }
  });

  test('without enforce it goes as it can: testing, no policy, one from a web server with a wrong certificate', async () => {
    assert.equal(await send(ownSigned, 'testing.test', ['mx.safe.test']), encrypted);
    assert.equal(await send(stripped, 'testing.test', ['mx.safe.test']), clear);
    assert.equal(await send(stripped, 'plain.test', ['mx.safe.test']), clear);
    assert.equal(await send(stripped, 'forged.test', ['mx.safe.test']), clear);
  });

  test('a page that anybody may have put there is no policy; what stands behind the media type does not matter', async () => {
    assert.equal(await send(stripped, 'page.test', ['mx.safe.test']), clear);
    assert.equal(await send(stripped, 'exact.test', ['mx.safe.test']), deferred);
  });

  test('a policy that is gone holds until it expires', async () => {
    assert.equal(await send(good, 'gone.test', ['mx.safe.test']), encrypted);
    files['gone.test'] = null;
    assert.equal(await send(stripped, 'gone.test', ['mx.safe.test']), deferred);
  });

  test('TLS-Required: No goes where the policy would have stopped it', async () => {
    assert.equal(await send(stripped, 'safe.test', ['mx.safe.test'], { tlsOptional: true }), clear);
  });

  test('REQUIRETLS: only to hosts with verified TLS that announce it', async () => {
    const requireTls = true;
    assert.equal(await send(promising, 'safe.test', ['mx.safe.test'], { requireTls }), encrypted);
    assert.ok(promising.commands.some((line) => /MAIL FROM:.* REQUIRETLS/.test(line)));
    assert.equal(await send(promising, 'plain.test', ['mx.safe.test']), encrypted);
    assert.equal(promising.commands.filter((line) => line.includes('REQUIRETLS')).length, 1);
    assert.equal(await send(promising, 'plain.test', ['named.backup.test'], { requireTls }), refused);
    assert.equal(await send(good, 'plain.test', ['mx.safe.test'], { requireTls }), refused);
    assert.equal(await send(stripped, 'plain.test', ['mx.safe.test'], { requireTls }), refused);
    assert.equal(await send(ownSigned, 'plain.test', ['mx.safe.test'], { requireTls }), refused);
    const smarthost = { port: promising.port, kind: 'smarthost', tls: 'none' } as const;
    const bySmarthost = await transport.send(smarthost, { requireTls });
    assert.deepEqual([bySmarthost.state, bySmarthost.reason], ['permanent', 'tls/requiretls']);
  });
});
