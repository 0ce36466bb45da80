import assert from 'node:assert/strict';
import test from 'node:test';
import type { Call } from '../../command/call.ts';
import { formatDomain } from '../../command/domain/domain-view.ts';
import { WORDS } from '../../command/words/words.ts';

const call = { language: () => 'en', words: () => WORDS.en } as unknown as Call;

test('a record that is missing in DNS is shown in strings that a zone takes', () => {
  const name = 's1._domainkey.own.test';
  const value = `v=DKIM1; k=rsa; p=${'A'.repeat(392)}`;
  const text = formatDomain(
    {
      domain: 'own.test',
      everybody: true,
      users: [],
      addedAt: '2026-11-21T12:00:00.000Z',
      dkim: [{ selector: 's1', name, value, state: 'missing' }],
      policy: null,
    },
    call,
  );
  const strings = [...text.matchAll(/"([^"]*)"/g)].map(([, one = '']) => one);
  assert.deepEqual([strings.map(({ length }) => length), strings.join('')], [[255, 155], value]);
});
