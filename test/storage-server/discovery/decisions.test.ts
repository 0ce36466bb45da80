import assert from 'node:assert/strict';
import test from 'node:test';
import { MailError, type ErrorCode } from '../../../common/errors.ts';
import { findProviderOfAddress } from '../../../common/providers/find-provider.ts';
import type { DiscoveredSettings } from '../../../common/shapes/discovery.ts';
import type { OAuthChoice } from '../../../common/shapes/oauth.ts';
import { readAddress } from '../../../storage-server/discovery/address.ts';
import { describeProvider } from '../../../storage-server/discovery/describe-provider.ts';
import { readProvider } from '../../../storage-server/discovery/from-provider.ts';
import { orderSrv, readSrvServers } from '../../../storage-server/discovery/from-srv.ts';
import { rankSettings } from '../../../storage-server/discovery/rank.ts';
import { verifySettings } from '../../../storage-server/discovery/verify.ts';

for (const [email, domain] of [
  ['ana@Example.ORG', 'example.org'],
  [' ana@bücher.example. ', 'xn--bcher-kva.example'],
  ['"a@b"@example.org', 'example.org'],
  ['ana@localhost', null],
  ['ana@[127.0.0.1]', null],
  ['ana@127.0.0.1', null],
  ['ana@a..b', null],
  ['ana@exa mple.org', null],
  ['ana@example.org/x', null],
  ['@example.org', null],
  ['example.org', null],
  [`ana@${'a'.repeat(64)}.org`, null],
] as const) {
  test(`the domain of “${email}” is ${domain}`, () => {
    assert.equal(readAddress(email)?.domain ?? null, domain);
  });
}

const at = (name: string, priority = 0, weight = 0, port = 995) => ({ name, priority, weight, port });

test('SRV: priority first, then the draw by weight', () => {
  const records = [at('late.x', 20, 9), at('heavy.x', 10, 9), at('light.x', 10, 1), at('zero.x', 10, 0)];
  const order = (drawn: number) => orderSrv(records, () => drawn).map(({ name }) => name[0]);
  assert.deepEqual(order(0.999), ['h', 'l', 'z', 'l']);
  assert.equal(order(0)[0], 'z');
  assert.equal(order(0.5)[0], 'h');
  for (const drawn of [0, 0.3, 0.6, 0.999]) {
    const names = order(drawn);
    assert.equal(new Set(orderSrv(records, () => drawn)).size, 4);
    assert.equal(names.at(-1), 'l', 'the larger priority number is last');
  }
});

test('SRV: TLS from the first byte before STARTTLS; a target of “.” is no server', () => {
  const read = readSrvServers(
    {
      pop3s: [at('pops.example.org')],
      pop3: [at('pop.example.org', 0, 0, 110)],
      submissions: [at('', 0, 0, 0)],
      submission: [at('smtp.example.org', 0, 0, 587)],
    },
    () => 0,
  );
  assert.deepEqual(read, {
    pop3: [
      { host: 'pops.example.org', port: 995, tls: 'implicit' },
      { host: 'pop.example.org', port: 110, tls: 'starttls' },
    ],
    smtp: [{ host: 'smtp.example.org', port: 587, tls: 'starttls' }],
    noPop3: false,
  });
});

test('SRV: a domain can say that it has no POP3, which no answer does not say', () => {
  const none = { submissions: [], submission: [] };
  assert.equal(readSrvServers({ ...none, pop3s: [at('')], pop3: [at('')] }, () => 0).noPop3, true);
  assert.equal(readSrvServers({ ...none, pop3s: [at('')], pop3: [] }, () => 0).noPop3, true);
  assert.equal(readSrvServers({ ...none, pop3s: [at('')], pop3: [at('a.b')] }, () => 0).noPop3, false);
  assert.equal(readSrvServers({ ...none, pop3s: [], pop3: [] }, () => 0).noPop3, false);
  assert.deepEqual(
    readSrvServers({ ...none, pop3s: [at('127.0.0.1'), at('a b')], pop3: [] }, () => 0).pop3,
    [],
  );
});

function settings(source: DiscoveredSettings['source'], host: string, more = {}): DiscoveredSettings {
  const pop3 = { host, port: 995, tls: 'implicit', user: 'ana', auth: 'auto' } as const;
  return { source, pop3, smtp: null, smtpVerified: false, verified: false, confirm: false, ...more };
}

test('the table first, then what works, then the rest, each by how sure its source is', () => {
  const ranked = rankSettings([
    settings('probe', 'probe', { verified: true }),
    settings('srv', 'srv'),
    settings('autoconfig', 'autoconfig'),
    settings('srv', 'srv-works', { verified: true }),
    settings('provider', 'table'),
  ]);
  assert.deepEqual(
    ranked.map(({ pop3 }) => pop3.host),
    ['table', 'srv-works', 'probe', 'autoconfig', 'srv'],
  );
});

test('what is found twice stands once, completed, and needs asking only if both do', () => {
  const smtp = { host: 'smtp', port: 465, tls: 'implicit', user: 'ana', auth: 'auto' } as const;
  const twice = [
    settings('srv', 'a', { confirm: true, smtp }),
    settings('autoconfig', 'a', { verified: true }),
  ];
  assert.deepEqual(rankSettings(twice), [settings('autoconfig', 'a', { verified: true, smtp })]);
  const asked = [settings('srv', 'a', { confirm: true }), settings('probe', 'a', { confirm: true })];
  assert.equal(rankSettings(asked)[0]?.confirm, true);
});

function fail(code: ErrorCode, reason?: string): MailError {
  return new MailError(code, 'x', reason === undefined ? {} : { reason });
}

test('trying servers: what can never work is left out, what does not answer now stays', async () => {
  const answers: Record<string, MailError | null> = {
    good: null,
    slow: fail('timeout'),
    closed: fail('connect-refused'),
    private: fail('host-not-allowed', 'network'),
    unknown: fail('dns', 'unknown-host'),
    certificate: fail('tls', 'certificate-name'),
  };
  const tried: string[] = [];
  const greet = async ({ host }: { host: string }) => {
    tried.push(host);
    return answers[host] ?? null;
  };
  const of = async (...hosts: string[]) =>
    (
      await verifySettings(
        hosts.map((host) => settings('srv', host)),
        greet,
      )
    ).map(({ pop3, verified }) => `${pop3.host} ${verified}`);
  assert.deepEqual(await of('good', 'slow', 'closed'), ['good true', 'slow false', 'closed false']);
  assert.deepEqual(await of('private', 'unknown', 'certificate'), []);
  const submission = settings('srv', 'good');
  assert.deepEqual(
    await verifySettings([{ ...submission, pop3: { ...submission.pop3, port: 25 } }], greet),
    [],
  );
  tried.length = 0;
  assert.deepEqual(await of('good', 'good', 'good', 'fourth'), ['good true', 'good true', 'good true']);
  assert.deepEqual(tried, ['good', 'good', 'good']);
});

const web = findProviderOfAddress('ana@web.de')!;
const microsoft = findProviderOfAddress('ana@outlook.es')!;

test('the table: login by the local part only at the provider itself; customers have servers of their own', () => {
  const ana = { email: 'ana@web.de', local: 'ana' };
  assert.equal(readProvider(web, ana, 'own')?.pop3.user, 'ana');
  assert.equal(readProvider(web, ana, 'customer')?.pop3.user, 'ana@web.de');
  assert.equal(readProvider(microsoft, ana, 'own')?.smtp?.host, 'smtp-mail.outlook.com');
  assert.equal(readProvider(microsoft, ana, 'customer')?.smtp?.host, 'smtp.office365.com');
  assert.equal(readProvider(microsoft, ana, 'own')?.pop3.auth, 'xoauth2');
  assert.equal(readProvider(findProviderOfAddress('a@icloud.com')!, ana, 'own'), null);
});

function choice(id: string, ready: boolean, hosts: string[] = []): OAuthChoice {
  return { id, name: id, flows: ['code'], ready, hosts, sasl: 'xoauth2' };
}

test('signing in at the provider is offered only where the admin has set a client', () => {
  const hints = {
    known: microsoft,
    host: 'outlook.office365.com',
    published: null,
    noPop3: false,
    domain: 'x.org',
  };
  assert.equal(describeProvider(hints, [])?.oauth, null);
  assert.equal(describeProvider(hints, [choice('microsoft', false)])?.oauth, null);
  assert.equal(describeProvider(hints, [choice('microsoft', true)])?.oauth, 'microsoft');
});

test('without a provider of the table: that of the server found, the domain’s own words, the organisation’s sign-in, no POP3', () => {
  const none = { known: null, host: null, published: null, noPop3: false, domain: 'x.org' };
  const published = { id: 'x.org', name: 'X', needs: [], help: null, oauth: null };
  assert.equal(describeProvider(none, []), null);
  assert.equal(describeProvider({ ...none, host: 'pop.gmail.com' }, [])?.id, 'google');
  assert.deepEqual(describeProvider({ ...none, published }, []), published);
  const own = [choice('company', true, ['pop.x.org'])];
  assert.equal(describeProvider({ ...none, host: 'pop.x.org' }, own)?.oauth, 'company');
  assert.equal(describeProvider({ ...none, host: 'pop.x.org', published }, own)?.oauth, 'company');
  assert.deepEqual(describeProvider({ ...none, noPop3: true }, [])?.needs, ['no-pop']);
});
