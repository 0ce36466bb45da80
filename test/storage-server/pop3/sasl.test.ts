import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { makeApopDigest, readTimestamp } from '../../../storage-server/pop3/apop.ts';
import { readBearerProblem } from '../../../storage-server/pop3/sasl/bearer.ts';
import { makeAuthLine } from '../../../storage-server/pop3/sasl/exchange.ts';
import { makeLogin } from '../../../storage-server/pop3/sasl/login.ts';
import { makeOauthbearer } from '../../../storage-server/pop3/sasl/oauthbearer.ts';
import { makePlain } from '../../../storage-server/pop3/sasl/plain.ts';
import { prepareText } from '../../../storage-server/pop3/sasl/saslprep.ts';
import { makeScramSha256, readServerFirst } from '../../../storage-server/pop3/sasl/scram-sha-256.ts';
import { makeXoauth2 } from '../../../storage-server/pop3/sasl/xoauth2.ts';

const credentials = { user: 'user', secret: 'pencil', host: 'pop.example.com', port: 995 };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

function isError(code: string, reason: string) {
  return (error: unknown): boolean =>
    error instanceof MailError && error.code === code && error.reason === reason;
}

describe('SCRAM-SHA-256', () => {
  const nonce = 'rOprNGfwEbeRWgbNEkqO';
  const serverFirst =
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';

  test('the exchange of RFC 7677 section 3', async () => {
    const mechanism = makeScramSha256(credentials, nonce);
    assert.equal(mechanism.first!.toString(), 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
    assert.throws(() => mechanism.confirm!(), isError('auth-failed', 'server-unproven'));
    assert.equal(
      (await mechanism.respond(base64(serverFirst))).toString(),
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    );
    const last = await mechanism.respond(base64('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='));
    assert.equal(last.length, 0);
    mechanism.confirm!();
  });

  for (const [name, signature] of [
    ['of somebody else', 'v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='],
    ['cut short', 'v=6rriTRBi23WpRR/w'],
    ['none', 'v='],
    ['something else', 'x=1'],
  ] as const) {
    test(`a server signature that is wrong: ${name}`, async () => {
      const mechanism = makeScramSha256(credentials, nonce);
      await mechanism.respond(base64(serverFirst));
      assert.throws(() => mechanism.respond(base64(signature)), isError('auth-failed', 'server-unproven'));
      assert.throws(() => mechanism.confirm!(), isError('auth-failed', 'server-unproven'));
    });
  }

  for (const [said, reason] of [
    ['r=rOprNGfwEbeRWgbNEkqO,s=W22Z,i=4096', 'sasl'],
    ['r=other,s=W22Z,i=4096', 'sasl'],
    ['m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096', 'sasl'],
    ['r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096', 'sasl'],
    ['r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=-1', 'sasl'],
    ['r=rOprNGfwEbeRWgbNEkqOx,s=W22Z', 'sasl'],
    ['', 'sasl'],
    ['r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4095', 'scram-rounds'],
    ['r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=1', 'scram-rounds'],
    ['r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=1000001', 'scram-rounds'],
    ['r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=9999999999', 'scram-rounds'],
  ] as const) {
    test(`a first message that is refused: ${said}`, () => {
      assert.throws(
        () => readServerFirst(said, nonce),
        isError(reason === 'sasl' ? 'protocol' : 'auth-failed', reason),
      );
    });
  }

  test('extensions after the rounds are let pass; = and , in a name are escaped', () => {
    assert.equal(readServerFirst('r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=5000,x=y', nonce).rounds, 5000);
    assert.match(
      makeScramSha256({ ...credentials, user: 'a=b,c' }, 'n').first!.toString(),
      /^n,,n=a=3Db=2Cc,r=n$/,
    );
    assert.notDeepEqual(makeScramSha256(credentials).first, makeScramSha256(credentials).first);
  });
});

/** RFC 4013 section 3, and what RFC 3454 says of spaces and directions. */
for (const [text, prepared] of [
  ['I\u00adX', 'IX'],
  ['user', 'user'],
  ['USER', 'USER'],
  ['\u00aa', 'a'],
  ['\u2168', 'IX'],
  ['a\u00a0b\u3000c', 'a b c'],
  ['e\u0301', '\u00e9'],
  ['ñandú 😀', 'ñandú 😀'],
  ['\u0627\u0031\u0628', '\u0627\u0031\u0628'],
  ['\u0007', null],
  ['\u0627\u0031', null],
  ['\u0627a\u0628', null],
  ['a\u2028', null],
  ['\ue000', null],
  ['\u202ea', null],
] as const) {
  test(`SASLprep of ${JSON.stringify(text)}`, () => {
    if (prepared === null)
      assert.throws(() => prepareText(text, 'password'), isError('invalid', 'control-character'));
    else assert.equal(prepareText(text, 'password'), prepared);
  });
}

test('PLAIN: RFC 4616 section 4, in UTF-8, in one line up to 255 octets', () => {
  const tim = makePlain({ ...credentials, user: 'tim', secret: 'tanstaaftanstaaf' });
  assert.equal(makeAuthLine(tim), 'AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm');
  assert.equal(makePlain({ ...credentials, user: 'ñ', secret: '\u01a9' }).first!.toString(), '\0ñ\0\u01a9');
  assert.equal(makeAuthLine(makePlain({ ...credentials, secret: 'p'.repeat(174) })).length, 251);
  assert.equal(makeAuthLine(makePlain({ ...credentials, secret: 'p'.repeat(178) })), 'AUTH PLAIN');
  assert.throws(() => tim.respond(''), isError('protocol', 'sasl'));
});

test('LOGIN: name, then password, whatever the questions say', () => {
  const login = makeLogin(credentials);
  assert.equal(makeAuthLine(login), 'AUTH LOGIN');
  assert.deepEqual(
    ['', 'not base64!'].map((question) => (login.respond(question) as Buffer).toString()),
    ['user', 'pencil'],
  );
  assert.throws(() => login.respond(''), isError('protocol', 'sasl'));
});

test('XOAUTH2: Google’s example, never with the command, an empty answer to a refusal', () => {
  const secret = 'vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg==';
  const mechanism = makeXoauth2({ ...credentials, user: 'someuser@example.com', secret });
  assert.equal(makeAuthLine(mechanism), 'AUTH XOAUTH2');
  assert.equal(
    mechanism.first!.toString('base64'),
    'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB2RjlkZnQ0cW1UYzJOdmIzUmxja0JoZEhSaGRtbHpkR0V1WTI5dENnPT0BAQ==',
  );
  assert.equal((mechanism.respond('eyJzdGF0dXMiOiI0MDEifQ==') as Buffer).toString(), '');
});

test('OAUTHBEARER: RFC 7628 section 4.1, ^A to a refusal', () => {
  const secret = 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==';
  const mechanism = makeOauthbearer({
    user: 'user@example.com',
    secret,
    host: 'server.example.com',
    port: 143,
  });
  assert.equal(
    mechanism.first!.toString('base64'),
    'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
  );
  assert.equal(makeAuthLine(mechanism), 'AUTH OAUTHBEARER');
  assert.equal((mechanism.respond('e30=') as Buffer).toString('base64'), 'AQ==');
  assert.match(makeOauthbearer({ ...credentials, user: 'a=b,c' }).first!.toString(), /^n,a=a=3Db=2Cc,/);
});

const refused = (options: { serverLine?: string; reason?: string; code?: 'in-use' } = {}): MailError =>
  new MailError(options.code ?? 'auth-failed', 'refused', { serverLine: '-ERR no', ...options });

for (const [name, error, expected] of [
  ['a plain refusal is the token’s', refused(), ['needs-sign-in', 'oauth-refused', '-ERR no']],
  ['POP switched off is known better', refused({ reason: 'pop-disabled' }), null],
  ['a locked maildrop is no refusal of a token', refused({ code: 'in-use' }), null],
] as const) {
  test(`a refused token: ${name}`, () => {
    const mechanism = makeXoauth2(credentials);
    void mechanism.respond('eyJzdGF0dXMiOiI0MDEifQ==');
    const told = mechanism.explain!(error);
    assert.deepEqual(told === null ? null : [told.code, told.reason, told.serverLine], expected);
    if (told !== null) assert.deepEqual([told.params['status'], told.temporary], ['401', false]);
  });
}

test('what is no JSON of a refusal', () => {
  for (const text of ['', '####', base64('[]x'), base64('null'), base64('7')])
    assert.equal(readBearerProblem(text), null);
});

test('APOP: RFC 1939 section 7', () => {
  const timestamp = readTimestamp('POP3 server ready <1896.697170952@dbc.mtview.ca.us>');
  assert.equal(makeApopDigest(timestamp!, 'tanstaaf'), 'c4c9334bac560ecc979e58001b3e22fb');
  for (const greeting of ['', 'ready', '<no at>', '<a b@c>']) assert.equal(readTimestamp(greeting), null);
});
