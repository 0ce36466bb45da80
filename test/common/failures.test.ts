import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { en } from '../../common/error-texts/en.ts';
import type { ErrorTexts } from '../../common/error-texts/error-text.ts';
import { es } from '../../common/error-texts/es.ts';
import { ERROR_CODES } from '../../common/errors.ts';
import { LANGUAGES } from '../../common/shapes/profile.ts';
import { listFailures, nameFailure } from '../harness/failures.ts';
import { ROOT } from '../harness/server-process.ts';

const TABLES: Record<string, ErrorTexts> = { en, es };
const FAILURES = listFailures();

/** Where the sentence of the code alone says all there is to say, and why. */
const BY_CODE_ALONE: Record<string, string> = {
  'auth-failed/greeting': 'cannot be: before the sign-in a refusal is the server’s fault',
  'connect-refused/connect': 'the code says it',
  'dropped/stopped': 'who stopped it gets its reason',
  'invalid/method': 'of HTTP, never beside an account',
};

test('the sources say how they fail: what is known to be there is found', () => {
  const names = new Set(FAILURES.map(nameFailure));
  assert.ok(names.size > 75, `only ${names.size}`);
  for (const name of [
    'auth-failed/app-password',
    'auth-failed/no-apop',
    'dns/unknown-host',
    'host-not-allowed/network',
    'needs-sign-in/oauth-expired',
    'protocol/garbage',
    'protocol/no-uidl',
    'server-error/greeting',
    'timeout/idle',
    'tls/certificate-expired',
    'tls/not-tls',
    'unavailable/lease-lost',
  ])
    assert.ok(names.has(name), name);
});

for (const language of LANGUAGES) {
  const table = TABLES[language]!;
  test(`${language}: every failure of retrieval and the relay has its own sentence`, () => {
    const missing = FAILURES.filter((failure) => !Object.hasOwn(table, nameFailure(failure)))
      .filter((failure) => !Object.hasOwn(BY_CODE_ALONE, nameFailure(failure)))
      .map((failure) => `${nameFailure(failure)} (${failure.at})`);
    assert.deepEqual(missing, []);
  });

  test(`${language}: and a next step, where it stands beside an account`, () => {
    const without = FAILURES.filter(({ at }) => at.startsWith('storage-server/'))
      .filter(({ code }) => code !== 'not-found' && code !== 'too-many-tries')
      .filter((failure) => table[nameFailure(failure)]?.action === null)
      .map((failure) => `${nameFailure(failure)} (${failure.at})`);
    assert.deepEqual(without, []);
  });

  test(`${language}: the values that a sentence wants are given where the failure is made`, () => {
    const wanting = FAILURES.flatMap((failure) => {
      const { message, action } = table[nameFailure(failure)] ?? { message: '', action: null };
      const places = [...`${message} ${action}`.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      return places
        .filter((place) => !failure.options.includes(place) && !/\bparams\b(?!:)/.test(failure.options))
        .map((place) => `${nameFailure(failure)} {${place}} (${failure.at})`);
    });
    assert.deepEqual(wanting, []);
  });
}

/** The reasons that recipients get stand in the sources as keys of the tables. */
function listRecipientReasons(): string[] {
  const keys = ['smtp-relay', 'common/reply', 'storage-server/report', 'storage-server/sending']
    .flatMap((place) =>
      readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(ROOT, place, name),
      ),
    )
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => readFileSync(name, 'utf8').match(/'[a-z-]+\/[a-z0-9-]+'/g) ?? [])
    .map((quoted) => quoted.slice(1, -1));
  return [...new Set(keys)].filter((key) =>
    (ERROR_CODES as readonly string[]).includes(key.split('/')[0] ?? ''),
  );
}

test('every reason that a recipient can get has a sentence in both languages', () => {
  const keys = listRecipientReasons();
  assert.ok(keys.length > 45, `only ${keys.length}`);
  for (const key of ['recipient-refused/unknown-user', 'tls/mta-sts', 'recipient-refused/suppressed'])
    assert.ok(keys.includes(key), key);
  const missing = keys.filter((key) => !Object.hasOwn(en, key) || !Object.hasOwn(es, key));
  assert.deepEqual(missing, []);
});
