import assert from 'node:assert/strict';
import test from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { readAddress } from '../../../storage-server/discovery/address.ts';
import { listConfigAddresses, readConfig } from '../../../storage-server/discovery/from-config.ts';
import { parseMailConfig } from '../../../storage-server/discovery/parse-config.ts';
import { makeConfig, POP3_SERVER } from './sample-config.ts';

const ANA = readAddress('Ana.G+x@Example.test')!;

function read(xml: string) {
  return readConfig(parseMailConfig(xml), ANA);
}

test('an address may hold what a replacement would take for an instruction', () => {
  const odd = readAddress("cash$$&$'@example.test")!;
  const finding = readConfig(parseMailConfig(makeConfig(POP3_SERVER)), odd);
  assert.equal(finding?.found[0]?.pop3.user, "cash$$&$'");
  assert.equal(finding?.smtp[0]?.user, "cash$$&$'@example.test");
});

test('a file as providers publish it: placeholders filled, IMAP passed over, help and switching on noticed', () => {
  const finding = read(
    makeConfig(
      POP3_SERVER,
      `<documentation url="https://help.example.test/pop"><descr>How</descr></documentation>
       <enable visiturl="https://example.test/settings"><instruction>Switch it on</instruction></enable>`,
    ),
  );
  assert.deepEqual(finding, {
    provider: {
      id: 'example.test',
      name: 'Example & Sons',
      needs: ['enable-pop'],
      help: 'https://help.example.test/pop',
      oauth: null,
    },
    found: [
      {
        source: 'autoconfig',
        pop3: { host: 'pop.example.test', port: 995, tls: 'implicit', user: 'Ana.G+x', auth: 'auto' },
        smtp: null,
        smtpVerified: false,
        verified: false,
        confirm: false,
      },
    ],
    smtp: [
      {
        host: 'smtp.example.test',
        port: 587,
        tls: 'starttls',
        user: 'Ana.G+x@Example.test',
        auth: 'auto',
      },
    ],
    unencrypted: null,
  });
});

test('a server without encryption is named apart, and never proposed beside an encrypted one', () => {
  const plain = POP3_SERVER.replace('SSL', 'plain').replace('995', '110');
  const only = read(makeConfig(plain));
  assert.deepEqual(only?.found, []);
  assert.deepEqual(only?.unencrypted, { host: 'pop.example.test', port: 110 });
  const both = read(makeConfig(plain + POP3_SERVER));
  assert.deepEqual(
    both?.found.map(({ pop3 }) => pop3.tls),
    ['implicit'],
  );
  assert.equal(both?.unencrypted, null);
});

test('a server without encryption is named only where it could be one', () => {
  const plain = POP3_SERVER.replace('SSL', 'plain').replace('995', '110');
  const named = (...servers: string[]) => read(makeConfig(servers.join('')))?.unencrypted;
  const advert = plain.replace('pop.%EMAILDOMAIN%', '169.254.169.254 or call +1 555 0100');
  assert.equal(named(advert), null);
  assert.equal(named(plain.replace('110', 'x')), null);
  assert.equal(named(plain.replace('110', '70000')), null);
  assert.equal(named(plain.replace('pop.%EMAILDOMAIN%', '')), null);
  assert.deepEqual(named(advert, plain), { host: 'pop.example.test', port: 110 });
});

test('a password is preferred to OAuth2, which is taken where it is all there is', () => {
  const oauth = '<authentication>OAuth2</authentication>';
  const auth = (servers: string) => read(makeConfig(servers))?.found[0]?.pop3.auth;
  const password = '<authentication>password-cleartext</authentication>';
  assert.equal(auth(POP3_SERVER.replace(password, oauth)), 'xoauth2');
  assert.equal(auth(POP3_SERVER.replace(password, oauth + password)), 'auto');
  assert.equal(auth(POP3_SERVER.replace(password, '')), 'auto');
});

for (const [what, from, to] of [
  ['a port that is none', '995', '99999'],
  ['a host with a slash', 'pop.%EMAILDOMAIN%', 'pop.example.test/x'],
  ['a host with a user', 'pop.%EMAILDOMAIN%', 'x@pop.example.test'],
  ['an unknown kind of encryption', 'SSL', 'rot13'],
  ['a user name with a line break', '%EMAILLOCALPART%', 'a&#13;&#10;DELE 1'],
  ['no user name', '%EMAILLOCALPART%', ''],
] as const) {
  test(`a server with ${what} is passed over`, () => {
    assert.deepEqual(read(makeConfig(POP3_SERVER.replace(from, to)))?.found, []);
  });
}

test('a file without POP3 says nothing', () => {
  assert.equal(read(makeConfig('')), null);
});

test('only pages of https are shown as help', () => {
  const help = (url: string) => read(makeConfig(POP3_SERVER, `<documentation url="${url}"/>`))?.provider.help;
  assert.equal(help('https://example.test/?a=1&amp;b=2'), 'https://example.test/?a=1&b=2');
  for (const url of ['http://example.test/', 'javascript:alert(1)', 'nothing']) assert.equal(help(url), null);
});

const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const HOSTILE: [string, string][] = [
  ['billion laughs', `<!DOCTYPE x [<!ENTITY l0 "lol">${laughs}]><clientConfig>&l9;</clientConfig>`],
  [
    'an external entity',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><clientConfig>&e;</clientConfig>',
  ],
  ['a bare document type', '<!doctype html><clientConfig/>'],
  ['an entity of HTML', makeConfig(POP3_SERVER).replace('&amp;', '&eacute;')],
  ['an entity that nobody declared', makeConfig(POP3_SERVER).replace('&amp;', '&boom;')],
  ['a page of HTML', '<html><head><title>Welcome</title></head><body><br></body></html>'],
  ['another kind of XML', '<rss version="2.0"><channel/></rss>'],
  ['tags that do not close', makeConfig(POP3_SERVER).replace('</emailProvider>', '')],
  ['half a file', makeConfig(POP3_SERVER).slice(0, 500)],
  ['text after the end', `${makeConfig(POP3_SERVER)}<more/>`],
  ['thousands of levels', '<clientConfig>'.repeat(5000)],
  ['thousands of elements', `<clientConfig>${'<a/>'.repeat(6000)}</clientConfig>`],
  ['a text without end', `<clientConfig><a>${'x'.repeat(60_000)}</a></clientConfig>`],
  ['JSON', '{"pop3":"pop.example.test"}'],
  ['nothing', ''],
  ['bytes', '\u0000\ufffd\u0001'],
];
for (const [what, xml] of HOSTILE) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => parseMailConfig(xml),
      (error) => error instanceof MailError && error.code === 'protocol',
    );
  });
}

test('the domain is asked over https, its address named once', () => {
  assert.deepEqual(
    listConfigAddresses(ANA, 443).map((url) => url.href),
    [
      'https://autoconfig.example.test/mail/config-v1.1.xml?emailaddress=Ana.G%2Bx%40Example.test',
      'https://example.test/.well-known/autoconfig/mail/config-v1.1.xml',
    ],
  );
});
