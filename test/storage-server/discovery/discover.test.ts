import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createTcp } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Discovery } from '../../../common/shapes/discovery.ts';
import { makeEgressGuard } from '../../../server-kit/egress/guard.ts';
import { discover, type DiscoveryCore } from '../../../storage-server/discovery/discover.ts';
import { makeDns } from '../../../storage-server/discovery/dns.ts';
import { greet } from '../../../storage-server/discovery/greet.ts';
import { stopWaiting } from '../../../storage-server/discovery/stop-waiting.ts';
import { startFakeSmtp } from '../../fakes/smtp-server.ts';
import { findFreePort } from '../../harness/ports.ts';
import { missingComponent } from '../../harness/component.ts';
import { startDiscoveryPlace, type DiscoveryPlace } from './discovery-place.ts';

const skip = missingComponent('unbound', 'dovecot', 'openssl');

describe('the settings of an address, over real DNS, HTTPS and POP3', { skip }, () => {
  let place: DiscoveryPlace;
  let core: DiscoveryCore;
  const find = async (domain: string): Promise<Discovery> => await discover(core, `ana@${domain}`);
  const hosts = ({ found }: Discovery): string[] =>
    found.map(
      ({ source, pop3, verified }) => `${source} ${pop3.host} ${pop3.tls}${verified ? ' verified' : ''}`,
    );

  const sending = ({ found }: Discovery): string | null => {
    const [first] = found;
    if (!first?.smtp) return null;
    const { host, port, tls } = first.smtp;
    return `${host}:${port} ${tls}${first.smtpVerified ? ' verified' : ''}`;
  };

  before(async () => {
    place = await startDiscoveryPlace();
    core = place.core;
  });
  after(async () => {
    await place.stop();
  });

  test('a domain of the table is answered at once, and nobody is asked', async () => {
    place.asked.length = 0;
    const found = await find('gmail.com');
    assert.deepEqual(hosts(found), ['provider pop.gmail.com implicit']);
    assert.deepEqual(found.provider?.needs, ['app-password', 'enable-pop']);
    assert.deepEqual(place.asked, []);
  });

  test('a customer’s domain is known by its MX', async () => {
    const found = await find('customer.test');
    assert.deepEqual(hosts(found), ['provider pop.gmail.com implicit']);
    assert.equal(found.found[0]?.pop3.user, 'ana@customer.test');
    assert.equal(found.provider?.id, 'google');
  });

  test('autoconfig of the domain, tried with a real connection; the address is told to the domain alone', async () => {
    place.asked.length = 0;
    const found = await find('auto.test');
    assert.deepEqual(hosts(found), ['autoconfig pop.auto.test implicit verified']);
    assert.deepEqual(sending(found), `smtp.auto.test:${place.submissions.port} implicit verified`);
    assert.equal(found.found[0]?.pop3.user, 'ana');
    assert.equal(found.found[0]?.confirm, false);
    assert.equal(found.provider?.name, 'Example & Sons');
    assert.deepEqual(place.asked, ['autoconfig.auto.test/mail/config-v1.1.xml?emailaddress=ana%40auto.test']);
  });

  test('autoconfig at the well-known address, and behind a redirect', async () => {
    assert.deepEqual(hosts(await find('known.test')), ['autoconfig pop.known.test implicit verified']);
    assert.deepEqual(hosts(await find('moved.test')), ['autoconfig pop.auto.test implicit verified']);
  });

  for (const [domain, what] of [
    ['html', 'a page that says it is HTML'],
    ['huge', 'one that is too large'],
    ['laughs', 'one with entities'],
    ['private', 'a redirect into a private network'],
    ['loop', 'redirects in a circle'],
    ['slow', 'one that never comes'],
  ] as const) {
    test(`autoconfig passed over: ${what}`, async () => {
      const found = await find(`${domain}.test`);
      assert.deepEqual(found, { email: `ana@${domain}.test`, provider: null, found: [], unencrypted: null });
    });
  }

  test('a server without encryption is told apart and not proposed', async () => {
    const found = await find('plain.test');
    assert.deepEqual(found.found, []);
    assert.deepEqual(found.unencrypted, { host: 'pop.auto.test', port: 110 });
  });

  test('SRV: TLS before STARTTLS, both tried, the submission server with them', async () => {
    const found = await find('srv.test');
    assert.deepEqual(hosts(found), [
      'srv mail.srv.test implicit verified',
      'srv mail.srv.test starttls verified',
    ]);
    assert.deepEqual(found.found[0]?.smtp, {
      host: 'mail.srv.test',
      port: place.submission.port,
      tls: 'starttls',
      user: 'ana@srv.test',
      auth: 'auto',
    });
    assert.equal(found.found[0]?.smtpVerified, true);
    assert.equal(found.found[0]?.confirm, false);
  });

  test('SRV: a host outside the domain is to be confirmed, since DNS can be forged', async () => {
    const found = await find('hosted.test');
    assert.deepEqual(hosts(found), ['srv mail.hoster.test implicit verified']);
    assert.equal(found.found[0]?.confirm, true);
  });

  test('SRV: a domain that says it has no POP3 is believed, though a server would answer', async () => {
    const found = await find('nopop.test');
    assert.deepEqual(found.found, []);
    assert.deepEqual(found.provider?.needs, ['no-pop']);
  });

  test('a certificate for another name, or a private address, is not proposed', async () => {
    assert.deepEqual((await find('badname.test')).found, []);
    assert.deepEqual((await find('inner.test')).found, []);
  });

  test('probing finds a usual name, or the MX host, which is to be confirmed outside the domain', async () => {
    const probed = await find('probe.test');
    assert.deepEqual(hosts(probed), ['probe pop3.probe.test implicit verified']);
    assert.equal(probed.found[0]?.confirm, false);
    assert.equal(sending(probed), `smtp.probe.test:${place.submissions.port} implicit verified`);
    const atMx = await find('atmx.test');
    assert.deepEqual(hosts(atMx), ['probe mx.elsewhere.test implicit verified']);
    assert.equal(atMx.found[0]?.confirm, true);
  });

  test('probing for submission: STARTTLS where 465 is closed, nothing without sign-ins or encryption', async () => {
    const port = await findFreePort();
    const ports = { ...core.ports, submissions: port };
    assert.equal(
      sending(await discover({ ...core, ports }, 'ana@probe.test')),
      `smtp.probe.test:${place.submission.port} starttls verified`,
    );
    const open = await startFakeSmtp();
    const clear = { ...core, ports: { ...ports, submission: open.port } };
    assert.equal(sending(await discover(clear, 'ana@probe.test')), null, 'no STARTTLS there');
    await open.close();
    const { commands } = place.submission;
    assert.ok(!commands.some((line) => /AUTH|MAIL/.test(line)), 'nothing secret is sent');
  });

  test('probing: STARTTLS where there is no TLS port; no credentials are sent anywhere', async () => {
    const closed = createTcp().listen(0, '127.0.0.1');
    const at = closed.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    await new Promise((resolve) => closed.close(resolve));
    const found = await discover({ ...core, ports: { ...core.ports, implicit: port } }, 'ana@probe.test');
    assert.deepEqual(hosts(found), ['probe pop3.probe.test starttls verified']);
    const clear = { ...core, ports: { ...core.ports, implicit: port, starttls: place.clear.port } };
    const plain = await discover(clear, 'ana@probe.test');
    assert.deepEqual(
      [plain.found, plain.unencrypted],
      [[], { host: 'pop3.probe.test', port: place.clear.port }],
    );
    assert.doesNotMatch(place.dovecot.readLog() + place.clear.readLog(), /Login|auth failed|user=<ana/);
  });

  test('a lookup that never ends is left when the time is over', async () => {
    const { signal } = new AbortController();
    const never = new Promise<never>(() => undefined);
    const stuck = { resolve: async () => await never, connect: async () => await never };
    const stopped = new AbortController();
    const greeting = greet(stuck, { host: 'pop.x.test', port: 995, tls: 'implicit' }, stopped.signal);
    stopped.abort();
    assert.notEqual(await greeting, null);
    assert.equal(await stopWaiting(Promise.resolve(1), signal), 1);
    await assert.rejects(stopWaiting(Promise.reject(new Error('own')), signal), /own/);
  });

  for (const [silent, verified] of [
    ['POP3', ' verified'],
    ['submission', ''],
  ] as const) {
    test(`where ${silent} does not answer in time, the submission server of autoconfig is still found`, async () => {
      const port = silent === 'POP3' ? place.dovecot.tlsPort : place.submissions.port;
      const connect: typeof core.egress.connect = async (host, to, ...how) =>
        to === port ? await new Promise(() => undefined) : await core.egress.connect(host, to, ...how);
      const egress = { ...core.egress, connect };
      const found = await discover({ ...core, egress, timeMs: 2000 }, 'ana@auto.test');
      assert.equal(sending(found), `smtp.auto.test:${place.submissions.port} implicit${verified}`);
      assert.equal(found.found[0]?.verified, silent !== 'POP3');
    });
  }

  test('a DNS that never answers: what can be said without it, when the time is over', async () => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const nowhere = { host: '127.0.0.1', port: silent.address().port };
      const egress = makeEgressGuard({ allowNetworks: ['127.0.0.0/8'], dns: nowhere });
      const deaf = { ...core, dns: makeDns(nowhere), egress, timeMs: 200 };
      const found = await discover(deaf, 'ana@srv.test');
      assert.deepEqual([found.found, found.provider], [[], null]);
    } finally {
      silent.close();
    }
  });

  test('nothing at all', async () => {
    const nothing = { provider: null, found: [], unencrypted: null };
    assert.deepEqual(await find('unknown.test'), { email: 'ana@unknown.test', ...nothing });
    assert.deepEqual(await discover(core, 'ana@localhost'), { email: 'ana@localhost', ...nothing });
  });

  test('sign-ins that the admin has set are offered, and their absence is no failure', async () => {
    const company = {
      id: 'company',
      name: 'Company',
      flows: ['code' as const],
      ready: true,
      sasl: 'xoauth2' as const,
    };
    const choices = { ...core, listChoices: async () => [{ ...company, hosts: ['mail.srv.test'] }] };
    assert.equal((await discover(choices, 'ana@srv.test')).provider?.oauth, 'company');
  });
});
