import assert from 'node:assert/strict';
import test from 'node:test';
import { ERROR_CODES, MailError } from '../../common/errors.ts';
import { describeError } from '../../common/error-texts/describe.ts';
import { en } from '../../common/error-texts/en.ts';
import type { ErrorText, ErrorTexts } from '../../common/error-texts/error-text.ts';
import { es } from '../../common/error-texts/es.ts';

const TABLES: [string, ErrorTexts][] = [
  ['en', en],
  ['es', es],
];

function listPlaces(text: ErrorText): string[] {
  return [...`${text.message} ${text.action ?? ''}`.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1] ?? '')
    .sort();
}

test('both languages have the same keys', () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
});

test('both languages have the same places in each sentence, and an action in both or in none', () => {
  for (const [key, text] of Object.entries(en)) {
    const other = es[key as keyof typeof es];
    assert.deepEqual(listPlaces(other), listPlaces(text), key);
    assert.equal(other.action === null, text.action === null, key);
  }
});

for (const [language, table] of TABLES) {
  test(`${language}: every code has a sentence that needs no values`, () => {
    for (const code of ERROR_CODES) {
      const text = table[code];
      assert.ok(text, code);
      assert.deepEqual(listPlaces(text), [], code);
    }
  });

  test(`${language}: every key begins with a code, every sentence ends as a sentence`, () => {
    for (const [key, text] of Object.entries(table)) {
      assert.ok((ERROR_CODES as readonly string[]).includes(key.split('/')[0] ?? ''), key);
      assert.match(text.message, /[.?!}]$/, key);
    }
  });
}

test('the reason chooses the sentence, its values are filled in', () => {
  const error = new MailError('dns', 'x', { reason: 'unknown-host', params: { host: 'pop.example.org' } });
  assert.equal(describeError(error, 'en').message, 'There is no server called pop.example.org.');
  assert.equal(describeError(error, 'es').message, 'No existe ningún servidor pop.example.org.');
});

test('a sentence with a missing value gives way to the one of the code', () => {
  assert.deepEqual(describeError({ code: 'dns', reason: 'unknown-host' }, 'en'), en.dns);
  assert.deepEqual(describeError({ code: 'dns', reason: 'never-heard-of' }, 'en'), en.dns);
});

test('seconds to wait are rounded up into the sentence', () => {
  const text = describeError({ code: 'too-many-tries', retryAfter: 3.2 }, 'en');
  assert.equal(text.message, 'Too many tries. Wait 4 s and try again.');
});

test('a field is named', () => {
  assert.equal(
    describeError({ code: 'invalid', field: 'pop3.host' }, 'es').message,
    '«pop3.host» no es válido.',
  );
});

test('an unknown code, also one that is a property of every object, reads as internal', () => {
  assert.deepEqual(describeError({ code: 'constructor' }, 'en'), en.internal);
  assert.deepEqual(describeError({ code: 'x', reason: 'y' }, 'es'), es.internal);
});
