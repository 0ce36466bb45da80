import assert from 'node:assert/strict';
import test from 'node:test';
import type { Call } from '../../command/call.ts';
import { makeStatusValue } from '../../command/send/status-value.ts';
import { formatStatus } from '../../command/send/status-view.ts';
import { WORDS } from '../../command/words/words.ts';
import type { Language } from '../../common/shapes/profile.ts';
import type { RecipientStatus, SendStatus } from '../../common/shapes/status.ts';
import * as contract from './contract.ts';

const call = (language: Language): Call =>
  ({ language: () => language, words: () => WORDS[language] }) as unknown as Call;

function makeOne(
  change: Partial<RecipientStatus> & Pick<RecipientStatus, 'address' | 'state'>,
): RecipientStatus {
  return {
    route: 'relay',
    host: 'mx.y.test',
    code: null,
    enhanced: null,
    tls: 'TLSv1.3',
    attempts: 1,
    lastAttempt: '2026-11-21T12:00:00.000Z',
    nextTry: null,
    reason: null,
    serverLine: null,
    deliveredAt: null,
    report: null,
    ...change,
  };
}

const STATUS: SendStatus = {
  id: 'm1',
  messageId: '<a@x.test>',
  state: 'partly',
  at: null,
  queueId: 'queue_7',
  recipients: [
    makeOne({
      address: 'ok@y.test',
      state: 'accepted',
      code: 250,
      enhanced: '2.0.0',
      serverLine: '250 2.0.0 Ok',
    }),
    makeOne({
      address: 'there@y.test',
      state: 'accepted',
      code: 250,
      deliveredAt: '2026-11-21T12:00:00.000Z',
    }),
    makeOne({
      address: 'full@y.test',
      state: 'deferred',
      code: 452,
      enhanced: '4.2.2',
      nextTry: '2026-11-21T12:30:00.000Z',
      reason: 'recipient-refused/mailbox-full',
      serverLine: '452 4.2.2 \u001b[31mmailbox full',
    }),
    makeOne({
      address: 'nobody@y.test',
      state: 'failed',
      code: 550,
      enhanced: '5.1.1',
      reason: 'recipient-refused/reported',
      serverLine: '550 5.1.1 no such user',
      report: 'm2',
    }),
  ],
};

test('what became of a mail, for people in both languages', () => {
  const lines = formatStatus(STATUS, call('en')).split('\n');
  assert.match(lines[0]!, /^Mail m1: partly sent/);
  assert.match(lines[1]!, /ok@y\.test +accepted +mx\.y\.test \(TLSv1\.3\) +250 2\.0\.0/);
  assert.match(lines[2]!, /there@y\.test +delivered/, 'no words of a server that took it');
  assert.match(lines[3]!, /full@y\.test +deferred.*452 4\.2\.2 · Next try: /);
  assert.match(lines[4]!, /^ {4}\S.*\.$/);
  assert.match(lines[5]!, /^ {4}The other server: 452 4\.2\.2 /);
  assert.match(lines[6]!, /nobody@y\.test +failed.*550 5\.1\.1/);
  assert.match(lines[7]!, /^ {4}Another server took the mail and reported later/);
  assert.deepEqual(lines.slice(8), [
    '    The other server: 550 5.1.1 no such user',
    '    Its notice: valija show m2',
    'At the relay: queue_7',
  ]);
  const spanish = formatStatus(STATUS, call('es'));
  for (const words of [
    /entregado/,
    /El otro servidor: 550/,
    /Su aviso: valija show m2/,
    /Otro servidor aceptó/,
  ]) {
    assert.match(spanish, words);
  }
  assert.ok(!spanish.includes('\u001b'), 'control characters of strangers never reach a terminal');
});

test('what lets a suppressed address be tried again is the command, ready to be typed', () => {
  const say = (address: string, language: Language): string => {
    const reason = 'recipient-refused/suppressed';
    const recipients = [makeOne({ address, state: 'failed', reason })];
    return formatStatus({ ...STATUS, recipients }, call(language));
  };
  assert.match(say('gone@y.test', 'en'), /: valija suppression remove gone@y\.test$/m);
  assert.match(say('"a; b"@y.test', 'es'), /: valija suppression remove DIRECCIÓN$/m);
});

test('nobody is told that what was cancelled is tried again', () => {
  const cancelled = makeOne({ address: 'a@y.test', state: 'cancelled', reason: 'timeout' });
  const text = formatStatus({ ...STATUS, recipients: [cancelled] }, call('en'));
  assert.match(text, /did not answer in time\./);
  assert.doesNotMatch(text, /tried again/);
  const byAdmin = { ...cancelled, reason: 'forbidden/cancelled-by-admin' };
  assert.match(formatStatus({ ...STATUS, recipients: [byAdmin] }, call('en')), /Ask your administrator/);
});

test('for programs it is STATUS of the contract, to the letter', () => {
  const value = makeStatusValue(STATUS);
  contract.status.parse(value);
  assert.deepEqual(Object.keys(value), ['id', 'messageId', 'state', 'at', 'recipients']);
});
