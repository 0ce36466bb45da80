import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideTls, explainDemand, type TlsQuestion } from '../../../smtp-relay/tls-policy/decide-tls.ts';
import { isNamed, readPolicy, type StsPolicy } from '../../../smtp-relay/tls-policy/sts-policy.ts';

const sts = (mode: StsPolicy['mode'], ...hosts: string[]): StsPolicy => ({
  id: '1',
  mode,
  hosts,
  fetchedAt: 0,
  expiresAt: 1,
});
const base: TlsQuestion = {
  way: 'mx',
  tls: 'opportunistic',
  host: 'mx.x.test',
  policy: null,
  requireTls: false,
  tlsOptional: false,
};

describe('decideTls', () => {
  const enforced = sts('enforce', 'mx.x.test');
  // What is asked, then `tls announced` of the session, or the reason and status of the refusal.
  const cases: [string, Partial<TlsQuestion>, string][] = [
    ['nothing is demanded', {}, 'opportunistic'],
    ['enforce, and the host is named', { policy: enforced }, 'starttls'],
    ['enforce, and the host is not named', { policy: enforced, host: 'evil.test' }, 'tls/mta-sts 4.7.5'],
    ['testing', { policy: sts('testing', 'mx.x.test') }, 'opportunistic'],
    ['testing, not named', { policy: sts('testing', 'other.test') }, 'opportunistic'],
    ['none', { policy: sts('none') }, 'opportunistic'],
    ['TLS-Required: No beats enforce', { policy: enforced, tlsOptional: true }, 'opportunistic'],
    [
      'TLS-Required: No, not named',
      { policy: enforced, host: 'evil.test', tlsOptional: true },
      'opportunistic',
    ],
    ['REQUIRETLS', { requireTls: true }, 'starttls announced'],
    ['REQUIRETLS beats TLS-Required: No', { requireTls: true, tlsOptional: true }, 'starttls announced'],
    [
      'REQUIRETLS does not take what enforce forbids',
      { requireTls: true, policy: enforced, host: 'evil.test' },
      'tls/mta-sts 4.7.5',
    ],
    ['the operator’s host', { way: 'operator' }, 'opportunistic'],
    ['the operator’s host, REQUIRETLS', { way: 'operator', requireTls: true }, 'starttls announced'],
    ['a smarthost over TLS', { way: 'smarthost', tls: 'implicit' }, 'implicit'],
    ['a smarthost by STARTTLS', { way: 'smarthost', tls: 'starttls', tlsOptional: true }, 'starttls'],
    ['a smarthost in the clear', { way: 'smarthost', tls: 'none' }, 'none'],
    [
      'a smarthost in the clear, REQUIRETLS',
      { way: 'smarthost', tls: 'none', requireTls: true },
      'tls/requiretls 5.7.30',
    ],
    [
      'a smarthost over TLS, REQUIRETLS',
      { way: 'smarthost', tls: 'implicit', requireTls: true },
      'implicit announced',
    ],
  ];
  for (const [name, change, expected] of cases) {
    test(`${name}: ${expected}`, () => {
      const decision = decideTls({ ...base, ...change });
      const said =
        decision.kind === 'go'
          ? [decision.tls, ...(decision.announced ? ['announced'] : [])]
          : [decision.refusal.reason, decision.refusal.enhanced];
      assert.equal(said.join(' '), expected);
    });
  }

  test('a session that failed names the demand it failed by, and ends a mail only under REQUIRETLS', () => {
    const refusal = { outcome: 'temporary', reason: 'tls', code: null, enhanced: '4.7.0' } as const;
    const full = { ...refusal, serverLine: 'certificate has expired' };
    const said = (because: 'mta-sts' | 'requiretls' | null, isLasting = true) => {
      const { outcome, reason, enhanced, serverLine } = explainDemand({ ...full, isLasting }, because);
      return [outcome, reason, enhanced, serverLine];
    };
    assert.deepEqual(said(null), ['temporary', 'tls', '4.7.0', 'certificate has expired']);
    assert.deepEqual(said('mta-sts'), ['temporary', 'tls/mta-sts', '4.7.5', 'certificate has expired']);
    assert.deepEqual(said('requiretls'), [
      'permanent',
      'tls/requiretls',
      '5.7.30',
      'certificate has expired',
    ]);
    assert.deepEqual(said('requiretls', false), ['temporary', 'tls', '4.7.0', 'certificate has expired']);
    const late = { ...full, reason: 'timeout' as const };
    assert.deepEqual(explainDemand(late, 'requiretls'), late, 'a host that is away is tried again');
  });
});

test('names of MX hosts fit a policy as RFC 8461 4.1 says', () => {
  const cases: [string, string, boolean][] = [
    ['mx.x.test', 'mx.x.test', true],
    ['MX.X.test', 'mx.x.test.', true],
    ['*.x.test', 'mx.x.test', true],
    ['*.x.test', 'x.test', false],
    ['*.x.test', 'a.mx.x.test', false],
    ['*.x.test', 'evilx.test', false],
    ['mx.x.test', 'mx2.x.test', false],
    ['*.test', '*.test', false],
  ];
  for (const [pattern, host, fits] of cases) {
    assert.equal(isNamed(sts('enforce', pattern), host), fits, `${pattern} ${host}`);
  }
});

test('policy files', () => {
  const file = (...lines: string[]): string => ['version: STSv1', ...lines, ''].join('\r\n');
  const good = readPolicy(file('mode: enforce', 'mx: a.test', 'mx: *.b.test', 'max_age: 86400'), '7', 1000);
  assert.deepEqual(good, {
    id: '7',
    mode: 'enforce',
    hosts: ['a.test', '*.b.test'],
    fetchedAt: 1000,
    expiresAt: 86_401_000,
  });
  assert.deepEqual(readPolicy(file('mode: none', 'max_age: 0'), '7', 0)?.mode, 'none');
  const bad = [
    '',
    '<html>not here</html>',
    'mode: enforce\nmx: a.test\nmax_age: 1',
    file('mode: enforce', 'max_age: 86400'),
    file('mode: strict', 'mx: a.test', 'max_age: 86400'),
    file('mode: enforce', 'mx: a.test'),
    file('mode: enforce', 'mx: a.test', 'max_age: -1'),
    file('mode: enforce', 'mx: a.test', 'max_age: 99999999999'),
  ];
  for (const text of bad) assert.equal(readPolicy(text, '7', 0), null, text);
});
