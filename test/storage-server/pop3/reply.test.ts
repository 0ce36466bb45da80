import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainRefusal, parseReply } from '../../../storage-server/pop3/reply.ts';
import { REFUSALS, findRefusal } from '../../../storage-server/pop3/refusals.ts';
import { parseCapabilities } from '../../../storage-server/pop3/capabilities.ts';

const LINES: [string, string | null, string | null, string][] = [
  ['+OK', 'ok', null, ''],
  ['+OK 2 320', 'ok', null, '2 320'],
  ['-ERR [IN-USE] busy', 'error', 'IN-USE', 'busy'],
  ['-ERR [sys/temp] later', 'error', 'SYS/TEMP', 'later'],
  ['-ERR [LOGIN-DELAY 30] wait', 'error', 'LOGIN-DELAY', 'wait'],
  ['-ERR [AUTH]', 'error', 'AUTH', ''],
  ['-ERR [not a code', 'error', null, '[not a code'],
  ['+ ', 'continue', null, ''],
  ['+ eyJ9', 'continue', null, 'eyJ9'],
  ['+OKAY', null, null, ''],
  ['* OK imap', null, null, ''],
  ['', null, null, ''],
];

test('status lines', () => {
  for (const [line, kind, code, text] of LINES) {
    const reply = parseReply(Buffer.from(`${line}\r\n`));
    assert.equal(reply?.kind ?? null, kind, line);
    if (reply !== null) assert.deepEqual([reply.code, reply.text], [code, text], line);
  }
});

test('control characters of a server line are not shown', () => {
  assert.equal(parseReply(Buffer.from('-ERR a\u001b[31mb\0\r\n'))?.line, '-ERR a\ufffd[31mb\ufffd');
});

test('each example is explained by its own refusal', () => {
  for (const refusal of REFUSALS) assert.equal(findRefusal(refusal.example), refusal, refusal.example);
});

/** The line, where it came, what it means, whether trying again may help, seconds to wait where CAPA said 900. */
const REFUSED: [string, 'greeting' | 'login' | 'command', string, string | null, boolean, number | null][] = [
  ['-ERR [AUTH] wrong', 'login', 'auth-failed', null, false, null],
  ['-ERR [AUTH] too many logins, try later', 'login', 'auth-failed', null, false, null],
  ['-ERR [AUTH] Application-specific password required', 'login', 'auth-failed', 'app-password', false, null],
  ['-ERR [AUTH/EXPIRED] password', 'login', 'auth-failed', null, false, null],
  ['-ERR [IN-USE] locked', 'login', 'in-use', null, true, null],
  ['-ERR [in-use]', 'login', 'in-use', null, true, null],
  ['-ERR [IN-USE/OTHER] x', 'greeting', 'in-use', null, true, null],
  ['-ERR [LOGIN-DELAY] soon', 'login', 'login-delay', null, true, 900],
  ['-ERR [LOGIN-DELAY 30] soon', 'login', 'login-delay', null, true, 900],
  ['-ERR [SYS/TEMP] mailbox locked', 'login', 'server-error', null, true, null],
  ['-ERR [SYS/TEMP/DISK] full', 'command', 'server-error', null, true, null],
  ['-ERR [SYS/PERM] gone', 'login', 'server-error', null, false, null],
  [
    '-ERR [SYS/PERM] Your account is not enabled for POP access.',
    'login',
    'auth-failed',
    'pop-disabled',
    false,
    null,
  ],
  ['-ERR [SYS/PERM/X] gone', 'command', 'server-error', null, false, null],
  ['-ERR [SYS] gone', 'login', 'auth-failed', null, false, null],
  ['-ERR [X-UNKNOWN] no', 'login', 'auth-failed', null, false, null],
  ['-ERR [toString] no', 'command', 'server-error', null, true, null],
  ['-ERR no', 'login', 'auth-failed', null, false, null],
  ['-ERR no', 'command', 'server-error', null, true, null],
  ['-ERR no', 'greeting', 'server-error', 'greeting', true, null],
  ['-ERR invalid password for this account', 'login', 'auth-failed', null, false, null],
];
for (const [line, step, code, reason, temporary, retryAfter] of REFUSED) {
  test(`${step}: ${line}`, () => {
    const error = explainRefusal(parseReply(Buffer.from(`${line}\r\n`))!, step, 900);
    assert.deepEqual(
      [error.code, error.reason, error.temporary, error.retryAfter, error.serverLine],
      [code, reason, temporary, retryAfter, line],
    );
  });
}

test('capabilities', () => {
  const capabilities = parseCapabilities('TOP\r\nsasl PLAIN login\r\nLOGIN-DELAY 900\r\nPIPELINING\r\n');
  assert.deepEqual(capabilities.sasl, ['PLAIN', 'LOGIN']);
  assert.equal(capabilities.loginDelay, 900);
  assert.equal(capabilities.pipelining, true);
  assert.equal(capabilities.stls, false);
  assert.equal(parseCapabilities('LOGIN-DELAY soon\r\n').loginDelay, null);
});
