import assert from 'node:assert/strict';
import test from 'node:test';
import {
  findProviderByMx,
  findProviderOfAddress,
  findProviderOfHost,
} from '../../../common/providers/find-provider.ts';
import type { Provider, ProviderServer } from '../../../common/providers/provider.ts';
import { PROVIDERS } from '../../../common/providers/providers.ts';
import { id } from '../../../common/shapes/ids.ts';
import { PROVIDER_NEEDS } from '../../../common/shapes/discovery.ts';

const NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

function listServers({ pop3, smtp, customers }: Provider): ProviderServer[] {
  return [pop3, smtp, customers?.pop3, customers?.smtp].filter((server) => !!server);
}

function findDoubles(values: string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

test('ids, domains and MX ends stand once', () => {
  assert.deepEqual(findDoubles(PROVIDERS.map((provider) => provider.id)), []);
  assert.deepEqual(findDoubles(PROVIDERS.flatMap(({ domains }) => domains)), []);
  assert.deepEqual(findDoubles(PROVIDERS.flatMap(({ mxEnds = [] }) => mxEnds)), []);
});

test('no server host belongs to two providers: its manners would be ambiguous', () => {
  const hosts = PROVIDERS.flatMap((provider) => [...new Set(listServers(provider).map(({ host }) => host))]);
  assert.deepEqual(findDoubles(hosts), []);
});

for (const provider of PROVIDERS) {
  test(`${provider.id}: names, servers, needs and addresses are right`, () => {
    const { domains, mxEnds = [], needs, help, oauth } = provider;
    assert.ok(id.safeParse(provider.id).success);
    assert.ok(provider.name.length > 1);
    for (const name of [...domains, ...mxEnds]) assert.match(name, NAME);
    assert.ok(domains.length + mxEnds.length > 0, 'nobody would ever find it');
    for (const { host, port, tls } of listServers(provider)) {
      assert.match(host, NAME);
      assert.ok([995, 110, 465, 587].includes(port), `port ${port}`);
      assert.equal(tls, port === 995 || port === 465 ? 'implicit' : 'starttls', `${host}:${port}`);
    }
    for (const need of needs) assert.ok(PROVIDER_NEEDS.includes(need), need);
    assert.equal(provider.pop3 === null, needs.includes('no-pop'));
    if (help !== null) assert.equal(new URL(help).protocol, 'https:');
    if (needs.includes('oauth')) assert.ok(oauth !== null, 'it demands OAuth, and how is not known');
    if (oauth === null) return;
    assert.ok(oauth.flows.length > 0 && oauth.scopes.length > 0);
    assert.equal(oauth.flows.includes('device'), oauth.deviceUrl !== null);
    for (const url of [oauth.authorizeUrl, oauth.tokenUrl, oauth.deviceUrl ?? oauth.tokenUrl])
      assert.equal(new URL(url).protocol, 'https:');
  });
}

const BY_ADDRESS: [string, string | null][] = [
  ['ana@gmail.com', 'google'],
  ['Ana.Gómez@GMAIL.com', 'google'],
  ['"a@b"@hotmail.com.ar', 'microsoft'],
  ['ana@outlook.es', 'microsoft'],
  ['ana@icloud.com', 'icloud'],
  ['ana@uol.com.br', 'uol'],
  ['ana@notgmail.com', null],
  ['ana@mail.gmail.com', null],
  ['gmail.com', null],
  ['', null],
];
for (const [email, expected] of BY_ADDRESS) {
  test(`the provider of the address “${email}” is ${expected}`, () => {
    assert.equal(findProviderOfAddress(email)?.id ?? null, expected);
  });
}

const BY_MX: [string[], string | null][] = [
  [['aspmx.l.google.com', 'alt1.aspmx.l.google.com'], 'google'],
  [['smtp.google.com.'], 'google'],
  [['example-org.mail.protection.outlook.com'], 'microsoft'],
  [['example-org.o-v1.mx.microsoft'], 'microsoft'],
  [['mx.zoho.eu', 'mx2.zoho.eu'], 'zoho-eu'],
  [['mx00.ionos.es'], 'ionos-es'],
  [['mx.serviciodecorreo.es'], 'arsys'],
  [['mx1.mail.ovh.net'], 'ovh'],
  [['notgoogle.com'], null],
  [['google.com.example.org'], null],
  [['mx.example.org', 'in1-smtp.messagingengine.com'], 'fastmail'],
  [[], null],
];
for (const [hosts, expected] of BY_MX) {
  test(`a domain with the MX ${hosts.join(', ')} is a customer of ${expected}`, () => {
    assert.equal(findProviderByMx(hosts)?.id ?? null, expected);
  });
}

test('the provider of a server is found, also of one for customers only', () => {
  assert.equal(findProviderOfHost('POP.gmail.com.')?.listsAtMost, 250);
  assert.equal(findProviderOfHost('pop3.web.de')?.loginGap, 720);
  assert.equal(findProviderOfHost('poppro.zoho.com')?.id, 'zoho');
  assert.equal(findProviderOfHost('smtp.office365.com')?.id, 'microsoft');
  assert.equal(findProviderOfHost('pop.example.org'), null);
});
