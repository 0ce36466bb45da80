import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { compareDkimRecord, writeDkimRecord } from '../../../smtp-relay/dkim/dkim-record.ts';
import { choosePolicy, readDmarcRecord } from '../../../smtp-relay/route/dmarc/dmarc-record.ts';
import {
  judgeSender,
  type KeyFacts,
  type PolicyFacts,
  type WayFacts,
} from '../../../smtp-relay/route/dmarc/judge-sender.ts';
import { judgeHost } from '../../../smtp-relay/route/dmarc/judge-host.ts';
import { findOrganisation, isAligned } from '../../../smtp-relay/route/dmarc/organisation.ts';

const ORGANISATIONS: [string, string][] = [
  ['example.org', 'example.org'],
  ['a.b.example.org', 'example.org'],
  ['a.example.co.uk', 'example.co.uk'],
  ['co.uk', 'co.uk'],
  ['me.github.io', 'me.github.io'],
  ['mail.own.test', 'own.test'],
  ['xn--bcher-kva.example.com', 'example.com'],
];
for (const [domain, organisation] of ORGANISATIONS) {
  test(`${domain} belongs to ${organisation}`, () => assert.equal(findOrganisation(domain), organisation));
}

test('relaxed alignment is the organisation, strict the very domain', () => {
  assert.ok(isAligned('mail.example.org', 'example.org', 'r'));
  assert.ok(!isAligned('mail.example.org', 'example.org', 's'));
  assert.ok(isAligned('example.org', 'example.org', 's'));
  assert.ok(!isAligned('a.co.uk', 'b.co.uk', 'r'));
  assert.ok(!isAligned('', '', 'r'));
});

/** TXT strings → policy for the domain itself and for a subdomain, alignment modes. */
const RECORDS: [string[], [string, string, string] | null][] = [
  [['v=DMARC1; p=reject'], ['reject', 'reject', 'rr']],
  [['v=DMARC1;p=none;sp=reject;adkim=s;aspf=S'], ['none', 'reject', 'ss']],
  [['v = DMARC1 ; P = Quarantine ;'], ['quarantine', 'quarantine', 'rr']],
  [
    ['v=spf1 -all', 'v=DMARC1; p=reject'],
    ['reject', 'reject', 'rr'],
  ],
  [['v=DMARC1; p=reject; pct=0'], ['quarantine', 'quarantine', 'rr']],
  [['v=DMARC1; p=quarantine; pct=0'], ['none', 'none', 'rr']],
  [['v=DMARC1; p=reject; pct=20'], ['reject', 'reject', 'rr']],
  [['v=DMARC1; rua=mailto:a@x.test'], ['none', 'none', 'rr']],
  [['v=DMARC1; p=later; rua=mailto:a@x.test'], ['none', 'none', 'rr']],
  [['v=DMARC1'], null],
  [['p=reject; v=DMARC1'], null],
  [['v=DMARC12; p=reject'], null],
  [['v=DMARC1; p=reject', 'v=DMARC1; p=none'], null],
  [[], null],
];
for (const [texts, expected] of RECORDS) {
  test(`DMARC ${JSON.stringify(texts)}: ${String(expected)}`, () => {
    const record = readDmarcRecord(texts);
    const read = record && [
      choosePolicy(record, false),
      choosePolicy(record, true),
      record.adkim + record.aspf,
    ];
    assert.deepEqual(read, expected);
  });
}

describe('DKIM keys in DNS', () => {
  const make = (type: 'rsa' | 'ed25519'): string => {
    const pair =
      type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 1024 }) : generateKeyPairSync(type);
    return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  };
  for (const type of ['rsa', 'ed25519'] as const) {
    test(type, () => {
      const privateKey = make(type);
      const { name, value } = writeDkimRecord({ domain: 'own.test', selector: 's1', privateKey });
      assert.equal(name, 's1._domainkey.own.test');
      assert.match(value, new RegExp(`^v=DKIM1; k=${type}; p=[A-Za-z0-9+/=]+$`));
      if (type === 'ed25519') assert.match(value, /p=.{44}$/);
      const compare = (text: string): string => compareDkimRecord([text], privateKey);
      assert.equal(compare(value), 'published');
      assert.equal(compare(value.replace(/(p=.{10})/, '$1 ')), 'published', 'spaces of a zone file');
      assert.equal(compare(`${value}; t=s; h=sha1:sha256; s=email`), 'published');
      for (const bad of ['; h=sha1', '; s=web']) assert.equal(compare(value + bad), 'other', bad);
      assert.equal(compare(value.replace(/p=.*/, 'p=')), 'other', 'revoked');
      assert.equal(compareDkimRecord([], privateKey), 'missing');
      assert.equal(compareDkimRecord([value], make(type)), 'other');
    });
  }
  test('an RSA record may leave the type out', () => {
    const privateKey = make('rsa');
    const { value } = writeDkimRecord({ domain: 'own.test', selector: 's1', privateKey });
    assert.equal(compareDkimRecord([value.replace('v=DKIM1; k=rsa; ', '')], privateKey), 'published');
  });
});

describe('what receivers would say', () => {
  const facts = (policy: PolicyFacts['policy'], modes = 'rr'): PolicyFacts => ({
    domain: 'own.test',
    policy,
    adkim: modes[0] as 'r',
    aspf: modes[1] as 'r',
  });
  const key = (domain: string, state: KeyFacts['state']): KeyFacts => ({
    domain,
    state,
    record: { name: `s1._domainkey.${domain}`, value: 'v=DKIM1' },
  });
  const mx = (
    keys: KeyFacts[],
    spf: 'pass' | 'fail' | 'unknown',
    more: { domain?: string; own?: boolean } = {},
  ): WayFacts => ({
    kind: 'mx',
    keys,
    own: more.own ?? false,
    spf: { domain: more.domain ?? 'own.test', result: spf },
  });
  const host = (answers: (WayFacts & { kind: 'smarthost' })['answers']): WayFacts => ({
    kind: 'smarthost',
    host: 'smtp.else.test',
    answers,
  });

  /** What is known → aligned, severity, remedy ?? reason. */
  const CASES: [string, PolicyFacts | null, WayFacts, [string | null, string | null, string | null]][] = [
    ['our key is in DNS', facts('reject'), mx([key('own.test', 'published')], 'fail'), ['dkim', null, null]],
    ['SPF names us', facts('reject'), mx([], 'pass'), ['spf', null, null]],
    ['nothing speaks for it', facts('reject'), mx([], 'fail'), [null, 'refuse', 'dmarc-own-smarthost']],
    ['quarantine', facts('quarantine'), mx([], 'fail'), [null, 'refuse', 'dmarc-own-smarthost']],
    ['only monitored', facts('none'), mx([], 'fail'), [null, 'warn', 'dmarc-unaligned']],
    ['no policy', facts(null), mx([], 'fail'), [null, null, null]],
    ['DNS silent', null, mx([], 'unknown'), ['unknown', null, null]],
    [
      'a key that nobody published',
      facts('reject'),
      mx([key('own.test', 'missing')], 'fail'),
      [null, 'refuse', 'dmarc-publish-dkim'],
    ],
    [
      'another key there',
      facts('reject'),
      mx([key('own.test', 'other')], 'fail'),
      [null, 'refuse', 'dmarc-publish-dkim'],
    ],
    [
      'its record unknown',
      facts('reject'),
      mx([key('own.test', 'unknown')], 'fail'),
      ['unknown', null, null],
    ],
    [
      'an own domain without a key',
      facts('reject'),
      mx([], 'fail', { own: true }),
      [null, 'refuse', 'dmarc-make-key'],
    ],
    [
      'the key of the organisation',
      facts('reject'),
      mx([key('mail.own.test', 'published')], 'fail'),
      ['dkim', null, null],
    ],
    [
      'which strict alignment does not take',
      facts('reject', 'sr'),
      mx([key('mail.own.test', 'published')], 'fail'),
      [null, 'refuse', 'dmarc-own-smarthost'],
    ],
    [
      'an envelope sender of elsewhere',
      facts('reject'),
      mx([], 'pass', { domain: 'else.test' }),
      [null, 'refuse', 'dmarc-own-smarthost'],
    ],
    [
      'one of a subdomain, strict',
      facts('reject', 'rs'),
      mx([], 'pass', { domain: 'bounce.own.test' }),
      [null, 'refuse', 'dmarc-own-smarthost'],
    ],
    ['SPF not known', facts('reject'), mx([], 'unknown'), ['unknown', null, null]],
    [
      'the operator’s host',
      facts('reject'),
      { kind: 'operator', keys: [], own: false },
      ['unknown', null, null],
    ],
    [
      'the operator’s host with our key',
      facts('reject'),
      { kind: 'operator', keys: [key('own.test', 'published')], own: false },
      ['dkim', null, null],
    ],
    ['its own server', facts('reject'), host('own'), ['dkim', null, null]],
    ['a customer of the server', facts('reject'), host('customer'), ['unknown', null, null]],
    ['a server that SPF names', facts('reject'), host('spf'), ['spf', null, null]],
    ['a stranger’s server', facts('reject'), host('other'), [null, 'refuse', 'dmarc-other-account']],
    [
      'a stranger’s server, monitored',
      facts('none'),
      host('other'),
      [null, 'warn', 'smarthost-other-domain'],
    ],
    ['a stranger’s server, no policy', facts(null), host('other'), [null, 'warn', 'smarthost-other-domain']],
  ];
  for (const [name, known, way, [aligned, severity, said]] of CASES) {
    test(name, () => {
      const { dmarc, problem } = judgeSender('a@own.test', known, way);
      assert.equal(dmarc.aligned, aligned);
      assert.equal(problem?.severity ?? null, severity);
      assert.equal(problem === null ? null : (problem.remedy ?? problem.reason), said);
    });
  }
});

for (const [email, answers] of [
  ['me@bücher.example', 'own'],
  ['Me@BÜCHER.example', 'own'],
  ['me@xn--bcher-kva.example', 'own'],
  ['me@xn--bcher-kva.example.org', 'other'],
  ['me@buecher.example', 'other'],
  [null, 'other'],
] as const) {
  test(`the server of an account of ${email} answers for xn--bcher-kva.example as ${answers}`, async () => {
    const resolve = async (name: string, type: string) => {
      if (name === 'smtp.hoster.test' && type === 'A') return ['203.0.113.9'];
      throw Object.assign(new Error('nothing'), { code: 'ENODATA' });
    };
    const question = { domain: 'xn--bcher-kva.example', email, host: 'smtp.hoster.test', helo: 'me.test' };
    assert.equal(await judgeHost(resolve, question), answers);
  });
}
