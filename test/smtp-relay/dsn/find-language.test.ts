import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeLanguageFinder } from '../../../smtp-relay/dsn/find-language.ts';
import type { SenderAuthorisation } from '../../../smtp-relay/profile-link.ts';

const finder = (answer: () => Promise<unknown>) =>
  makeLanguageFinder({ authoriseSender: async () => (await answer()) as SenderAuthorisation });

test('the language of a report is the user’s, or nobody’s when it cannot be known', async () => {
  assert.equal(await finder(async () => await Promise.resolve({ language: 'es' }))('ana', 'a@x.test'), 'es');
  assert.equal(await finder(async () => await Promise.resolve({ language: null }))('ana', 'a@x.test'), null);
  assert.equal(await finder(async () => await Promise.reject(new Error('gone')))('ana', 'a@x.test'), null);
});

test('a profile-server that hangs does not hold up what became of a mail', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const found = finder(async () => await new Promise(() => undefined))('ana', 'a@x.test');
  await Promise.resolve();
  t.mock.timers.tick(2000);
  assert.equal(await found, null);
});
