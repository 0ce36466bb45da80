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

test('a response code counts more than words, and a bare refusal depends on the step', () => {
  const explain = (line: string, step: 'greeting' | 'login' | 'command'): string =>
    explainRefusal(parseReply(Buffer.from(`${line}\r\n`))!, step).code;
  assert.equal(explain('-ERR [SYS/TEMP] mailbox locked', 'login'), 'server-error');
  assert.equal(explain('-ERR [AUTH] too many logins, try later', 'login'), 'auth-failed');
  assert.equal(explain('-ERR no', 'login'), 'auth-failed');
  assert.equal(explain('-ERR no', 'command'), 'server-error');
  assert.equal(explain('-ERR no', 'greeting'), 'server-error');
  assert.equal(explain('-ERR invalid password for this account', 'login'), 'auth-failed');
});

test('capabilities', () => {
  const capabilities = parseCapabilities('TOP\r\nsasl PLAIN login\r\nLOGIN-DELAY 900\r\nPIPELINING\r\n');
  assert.deepEqual(capabilities.sasl, ['PLAIN', 'LOGIN']);
  assert.equal(capabilities.loginDelay, 900);
  assert.equal(capabilities.pipelining, true);
  assert.equal(capabilities.stls, false);
  assert.equal(parseCapabilities('LOGIN-DELAY soon\r\n').loginDelay, null);
});
