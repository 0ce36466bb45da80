import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identity } from '../../../common/shapes/identity.ts';
import { DAY, MINUTE } from '../../../common/time.ts';
import { checkDomain } from '../../../profile-server/domain/domain-rule.ts';
import { chooseSender } from '../../../profile-server/identity/choose-sender.ts';
import { judgeProof } from '../../../profile-server/identity/proof-rule.ts';
import { formatNotice } from '../../../profile-server/notice/format-notice.ts';
import { deriveCode, isCode, maySendCode } from '../../../profile-server/sender/code-rule.ts';
import { codeOf } from '../sample.ts';

const relay = { way: 'relay' as const, smtp: null };
const smtp = { host: 'smtp.x.test', port: 465, tls: 'implicit' as const, user: 'x', auth: 'auto' as const };
const smarthost = { way: 'smarthost' as const, smtp };

const identity = (id: string, account: string, address: string): Identity => ({
  id,
  account,
  address,
  name: id,
  replyTo: null,
  signature: null,
});
const account = (id: string, email: string, send: typeof relay | typeof smarthost) => ({
  id,
  settings: { email, name: id, send },
});

const known = {
  identities: [
    identity('idn_a', 'acc_a', 'A@x.test'),
    identity('idn_alias', 'acc_a', 'info@own.test'),
    identity('idn_idn', 'acc_b', 'Alice@bücher.test'),
  ],
  accounts: [account('acc_a', 'a@x.test', smarthost), account('acc_b', 'b@y.test', relay)],
};

/** From, whether its domain is an own one → decided by, account, way. */
const ROUTES: [string, boolean, [string, string | null, string] | null][] = [
  ['a@X.test', false, ['identity', 'acc_a', 'smarthost']],
  // The exact identity comes before the list of domains: never the other road without being told to.
  ['info@own.test', true, ['identity', 'acc_a', 'smarthost']],
  ['b@y.test', false, ['account', 'acc_b', 'relay']],
  ['b@y.test', true, ['account', 'acc_b', 'relay']],
  ['sales@own.test', true, ['domain', null, 'relay']],
  ['sales@own.test', false, null],
  ['c@x.test', false, null],
  // The relay asks about what stands in the envelope: domains come in ASCII there (RFC 5891).
  ['alice@xn--bcher-kva.test', false, ['identity', 'acc_b', 'relay']],
  ['alice@bücher.test', false, ['identity', 'acc_b', 'relay']],
  ['', false, null],
];
for (const [from, ownDomain, expected] of ROUTES) {
  test(`${from || 'nobody'}${ownDomain ? ' of an own domain' : ''} → ${String(expected)}`, () => {
    const chosen = chooseSender(from, { ...known, ownDomain });
    assert.deepEqual(chosen && [chosen.decidedBy, chosen.account, chosen.send.way], expected);
  });
}

test('an identity whose account is gone decides nothing', () => {
  const orphan = { identities: [identity('idn_o', 'gone', 'b@y.test')], accounts: known.accounts };
  assert.equal(chooseSender('b@y.test', { ...orphan, ownDomain: false })?.decidedBy, 'account');
});

/** Policy, way, own domain, proof → what is asked of the user. */
const PROOFS: [...Parameters<typeof judgeProof>, string, string | null][] = [
  ['claimed', { send: relay }, { ownDomain: false, proof: null }, 'not-needed', null],
  ['verified', { send: relay }, { ownDomain: false, proof: null }, 'needed', null],
  ['verified', { send: relay }, { ownDomain: false, proof: 'code' }, 'proven', 'code'],
  ['verified', { send: relay }, { ownDomain: true, proof: null }, 'proven', 'domain'],
  ['verified', { send: smarthost }, { ownDomain: false, proof: null }, 'not-needed', null],
  ['claimed', { send: relay }, { ownDomain: false, proof: 'mail' }, 'proven', 'mail'],
];
for (const [policy, chosen, facts, state, how] of PROOFS) {
  test(`${policy}, ${chosen.send.way}, ${JSON.stringify(facts)}: ${state}`, () => {
    assert.deepEqual(judgeProof(policy, chosen, facts), { state, how });
  });
}

test('codes: three a day to one address of mine, five to an address, ten for a user, one a minute', () => {
  const now = 10 * DAY;
  const sent = (user: string, address: string, count: number, ago = 2 * MINUTE) =>
    Array.from({ length: count }, (_, index) => ({ user, address, sent_at: now - ago - index }));
  const ask = (list: ReturnType<typeof sent>) => maySendCode(list, { user: 'me', address: 'a', now });
  assert.deepEqual(ask([]), { send: true });
  assert.deepEqual(ask(sent('me', 'a', 2)), { send: true });
  assert.deepEqual(ask(sent('me', 'a', 3)), { send: false, reason: 'too-many' });
  assert.deepEqual(ask(sent('other', 'a', 5)), { send: false, reason: 'too-many' });
  assert.deepEqual(ask(sent('other', 'a', 4)), { send: true });
  assert.deepEqual(
    ask(Array.from({ length: 10 }, (_, index) => sent('me', `b${index}`, 1)[0]!)),
    { send: false, reason: 'too-many' },
    'many addresses',
  );
  assert.deepEqual(ask(sent('me', 'a', 3, DAY)), { send: true }, 'yesterday');
  assert.deepEqual(ask(sent('me', 'a', 1, MINUTE / 2)), { send: false, reason: 'too-soon', retryAfter: 30 });
});

test('a code is eight digits, told from its id by the key alone, and read as people type it', () => {
  const code = deriveCode(Buffer.from('key'), 'code_1');
  assert.match(code, /^\d{8}$/);
  assert.equal(deriveCode(Buffer.from('key'), 'code_1'), code);
  assert.notEqual(deriveCode(Buffer.from('other'), 'code_1'), code);
  assert.ok(isCode(code, ` ${code.slice(0, 4)} ${code.slice(4)} `));
  for (const wrong of [
    '',
    code.slice(1),
    `${code}1`,
    code.replace(/^./, (d) => String((Number(d) + 1) % 10)),
  ])
    assert.ok(!isCode(code, wrong), wrong);
});

const DOMAINS: [string, string][] = [
  ['Own.Example', 'own.example'],
  ['@own.example.', 'own.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['gmail.com', 'invalid/domain-public'],
  ['example', 'invalid/domain'],
  ['a b.example', 'invalid/domain'],
  ['[192.0.2.1]', 'invalid/domain'],
  ['192.0.2.1', 'invalid/domain'],
];
for (const [given, expected] of DOMAINS) {
  test(`own domain ${given}: ${expected}`, () => {
    let domain = '';
    const code = codeOf(() => {
      domain = checkDomain(given);
    });
    assert.equal(code === 'none' ? domain : code, expected);
  });
}

test('a notice is a mail in ASCII whose subject survives accents and long texts', () => {
  const subject = '1234 5678 es tu código, y aquí sigue un texto muy largo con más acentos de los que caben';
  const message = formatNotice({
    from: 'valija@x.test',
    to: 'a@y.test',
    subject,
    text: 'Código\n',
  });
  assert.match(message, /^[\x20-\x7e\r\n]+$/);
  assert.ok(message.split('\r\n').every((line) => line.length <= 78));
  const encoded = [...message.matchAll(/=\?utf-8\?B\?([^?]+)\?=/g)].map((match) => match[1] ?? '');
  assert.equal(Buffer.concat(encoded.map((word) => Buffer.from(word, 'base64'))).toString(), subject);
  assert.match(message, /\r\nAuto-Submitted: auto-generated\r\n/);
});
