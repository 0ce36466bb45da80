import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseMerge } from '../../profile-server/account/change/merge-settings.ts';
import type { AccountSecrets, AccountSettings } from '../../common/shapes/account.ts';
import { sampleSettings } from './sample.ts';

const BASE = sampleSettings();
const MOVED = { pop3: { ...BASE.pop3, host: 'other.example.org' } };

test('settings of an account that two changed', () => {
  const table: [
    Partial<AccountSettings>,
    Partial<AccountSettings>,
    AccountSecrets,
    Partial<AccountSettings> | string[],
  ][] = [
    [{ interval: 900 }, { name: 'x' }, {}, { interval: 900, name: 'x' }],
    [{ interval: 900 }, { interval: 900 }, {}, { interval: 900 }],
    [{ interval: 900 }, { interval: 600 }, {}, ['interval']],
    // A server is one field: half of one and half of another would be none.
    [MOVED, { pop3: { ...BASE.pop3, port: 110, tls: 'starttls' } }, {}, ['pop3']],
    [MOVED, { interval: 900 }, {}, { ...MOVED, interval: 900 }],
    // A password was typed for the server that stood on the screen.
    [MOVED, { interval: 900 }, { pop3Password: 'secret' }, ['pop3']],
    [{ name: 'x' }, MOVED, { pop3Password: 'secret' }, { ...MOVED, name: 'x' }],
    [MOVED, { name: 'x' }, { smtpPassword: 'secret' }, { ...MOVED, name: 'x' }],
    [{ send: { way: 'relay', smtp: null } }, { name: 'x' }, { smtpPassword: 'secret' }, { name: 'x' }],
  ];
  for (const [theirs, mine, secrets, wanted] of table) {
    const merged = chooseMerge(BASE, { ...BASE, ...theirs }, { ...BASE, ...mine }, secrets);
    const expected = Array.isArray(wanted) ? { conflict: wanted } : { value: { ...BASE, ...wanted } };
    assert.deepEqual(merged, expected, JSON.stringify([theirs, mine, secrets]));
  }
});
