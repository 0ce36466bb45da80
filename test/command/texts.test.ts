import assert from 'node:assert/strict';
import test from 'node:test';
import { cut, formatSize, formatTable, formatWhen } from '../../command/format.ts';
import { readOwnLanguage, readSystemLanguage } from '../../command/language.ts';
import { cleanText, formatError } from '../../command/report.ts';
import { readAddresses } from '../../command/send/addresses.ts';
import { readSendOptions } from '../../command/send/send-options.ts';
import { readArguments } from '../../command/arguments.ts';
import { COMMANDS } from '../../command/table.ts';
import { fill, WORDS, translate } from '../../command/words/words.ts';
import { MailError } from '../../common/errors.ts';
import { errorLine } from './contract.ts';

test('the language: its own variable, else the locale in POSIX order, else English', () => {
  assert.equal(readOwnLanguage({ VALIJA_LANGUAGE: 'es' }), 'es');
  assert.equal(readOwnLanguage({ VALIJA_LANGUAGE: 'xx' }), null);
  assert.equal(readSystemLanguage({ LANG: 'es_AR.UTF-8' }), 'es');
  assert.equal(readSystemLanguage({ LANG: 'es_ES', LC_ALL: 'C' }), 'en');
  assert.equal(readSystemLanguage({ LANG: 'es_ES', LC_ALL: '' }), 'es');
  assert.equal(readSystemLanguage({ LANG: 'est' }), 'en');
  assert.equal(readSystemLanguage({}), 'en');
});

test('an error is one line of the contract, or a sentence with what to do', () => {
  const error = new MailError('auth-failed', 'x', { serverLine: '-ERR \u001b[2Jno', field: 'pop3.user' });
  const line = errorLine.parse(JSON.parse(formatError(error, 'en', true)));
  assert.equal(line.error.code, 'auth-failed');
  assert.equal(line.error.serverLine, '-ERR \u001b[2Jno');
  const text = formatError(error, 'es', false);
  assert.match(text, /^valija: El servidor de correo no acepta .* \(auth-failed\)$/m);
  assert.ok(!text.includes('\u001b'), 'control characters of strangers never reach a terminal');
});

test('text of strangers cannot steer a terminal', () => {
  assert.equal(cleanText('a\u001b]0;title\u0007b\u009bc\u202ed\r\ne\tf'), 'a]0;titlebcd\ne\tf');
});

test('tables line up also with wide characters, and numbers on the right', () => {
  const table = formatTable(
    [
      ['日本', '5', 'x'],
      ['ana', '10', 'y'],
    ],
    [1],
  );
  assert.equal(table, '日本   5  x\nana   10  y');
});

test('a number has the word that goes with it', () => {
  const say = (n: number | string) => fill('{n|mail|mails} of {who}', { n, who: 'ana' });
  assert.deepEqual([0, 1, 2, '1'].map(say), [
    '0 mails of ana',
    '1 mail of ana',
    '2 mails of ana',
    '1 mail of ana',
  ]);
  assert.equal(fill('{n|account|accounts}', { n: 21 }), '21 accounts');
});

test('long text is cut by what the eye sees', () => {
  assert.equal(cut('short', 10), 'short');
  assert.equal(cut('a\r\n b   c', 10), 'a b c');
  assert.equal(cut('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 11).at(-1), '…');
  assert.equal(cut('0123456789', 5), '0123…');
});

test('sizes and times for people', () => {
  assert.equal(formatSize(0, 'en'), '0 B');
  assert.equal(formatSize(999, 'es'), '999 B');
  assert.equal(formatSize(1500, 'en'), '1.5 kB');
  assert.equal(formatSize(1500, 'es'), '1,5 kB');
  assert.equal(formatSize(30_000_000, 'en'), '30.0 MB');
  assert.equal(formatSize(123_456, 'es'), '123 kB');
  assert.equal(formatSize(9_999_000_000_000_000, 'es'), '9999 TB');
  assert.equal(formatWhen(null, 'en'), '–');
  assert.match(formatWhen('2026-01-02T03:04:05.000Z', 'es'), /26/);
});

test('words of the contract are said in the language; one that is not known stays', () => {
  assert.equal(translate(WORDS.es, 'tls', 'opportunistic'), 'cifrado si el otro lado puede');
  assert.equal(translate(WORDS.es, 'auth', 'auto'), 'inicio de sesión automático');
  assert.equal(translate(WORDS.es, 'state', 'active'), 'activa');
  assert.equal(translate(WORDS.en, 'auth', 'apop'), 'apop');
});

test('addresses in every usual form', () => {
  assert.deepEqual(
    readAddresses('--to', ['Ana Gómez <ana@example.org>, b@example.org', '"Last, First" <c@d.org>']),
    [
      { name: 'Ana Gómez', address: 'ana@example.org' },
      { name: null, address: 'b@example.org' },
      { name: 'Last, First', address: 'c@d.org' },
    ],
  );
  for (const bad of ['', 'nobody', 'a@', '@b', 'Ana <>', 'a@b@c']) {
    assert.throws(
      () => readAddresses('--to', [bad]),
      (error) => error instanceof MailError && error.reason === 'bad-value',
      bad,
    );
  }
});

test('when and how often a mail is sent', () => {
  const read = (...args: string[]) => readSendOptions(readArguments(COMMANDS.send, args));
  assert.deepEqual(read(), { undo: 0, at: null, key: null });
  assert.deepEqual(read('--undo', '60', '--at', '2030-01-31T08:00:00+02:00', '--key', 'k-1'), {
    undo: 60,
    at: '2030-01-31T06:00:00.000Z',
    key: 'k-1',
  });
  for (const bad of [
    ['--undo', '61'],
    ['--undo', 'x'],
    ['--at', 'tomorrow'],
    ['--at', '2030-13-01'],
    ['--key', 'a b'],
    ['--key', ''],
  ]) {
    assert.throws(
      () => read(...bad),
      (error) => error instanceof MailError && error.code === 'usage',
      bad.join(' '),
    );
  }
});
