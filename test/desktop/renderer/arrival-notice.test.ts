import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Account } from '../../../common/shapes/account.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import { defaultPreferences } from '../../../desktop/renderer/profile/profile-store.ts';
import { markIcon } from '../../../desktop/renderer/shell/notify/badge.ts';
import { describeArrival } from '../../../desktop/renderer/shell/notify/describe-arrival.ts';
import { waitBefore } from '../../../desktop/renderer/shell/offline/wait-before.ts';
import { codeForSupport } from '../../../desktop/renderer/shell/support-code.ts';

const row = (id: string, name: string | null, accounts: string[]): MailRow =>
  ({ id, subject: `About ${id}`, from: [{ name, address: `${id}@x.test` }], accounts }) as unknown as MailRow;
const accounts = [
  { id: 'acc_1', email: 'ana@example.test' },
  { id: 'acc_2', email: 'work@example.test' },
] as unknown as Account[];

describe('what a notification says', () => {
  const tell = (rows: MailRow[], change: object = {}) =>
    describeArrival(rows, { accounts, preferences: { ...defaultPreferences(), ...change } }, 'en');

  it('is sender and subject of one mail, number and senders of more', () => {
    const one = { id: 'acc_1', name: 'ana@example.test' };
    assert.deepEqual(tell([row('m1', 'Eva', ['acc_1'])]), {
      title: 'Eva',
      body: 'About m1',
      mail: 'm1',
      account: one,
    });
    const more = tell([row('m1', 'Eva', ['acc_1']), row('m2', null, ['acc_2']), row('m3', 'Eva', ['acc_2'])]);
    assert.deepEqual(more, { title: '3 new mails', body: 'Eva, m2@x.test', mail: null, account: null });
  });

  it('is nothing of accounts that are to be silent, or where nothing is to be said', () => {
    const rows = [row('m1', 'Eva', ['acc_1']), row('m2', 'Max', ['acc_2'])];
    assert.equal(tell(rows, { silent: ['acc_1'] })?.mail, 'm2');
    assert.equal(tell(rows, { silent: ['acc_1', 'acc_2'] }), null);
    assert.equal(tell(rows, { notify: false }), null);
    assert.equal(tell([row('m1', 'Eva', ['acc_1', 'acc_2'])], { silent: ['acc_1'] })?.mail, 'm1');
    assert.equal(tell([row('m1', 'Eva', [])], { silent: ['acc_1'] })?.mail, 'm1');
  });
});

describe('the picture of the tab', () => {
  it('gets a dot and loses it again, and stays as it is when it is none of ours', () => {
    const plain = `data:image/svg+xml,${encodeURIComponent('<svg viewBox="0 0 32 32"><path fill="#fff"/></svg>')}`;
    const marked = markIcon(plain, true);
    assert.match(decodeURIComponent(marked), /<circle [^>]+\/><\/svg>$/);
    assert.equal(markIcon(marked, true), marked);
    assert.equal(markIcon(marked, false), plain);
    assert.equal(markIcon('https://x.test/favicon.ico', true), 'https://x.test/favicon.ico');
  });
});

describe('a lost server', () => {
  it('is asked ever more rarely, at last every half minute', () => {
    assert.deepEqual([0, 1, 2, 3, 4, 9].map(waitBefore), [2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });
});

describe('the code for support', () => {
  it('stands where the person alone cannot do anything', () => {
    assert.equal(codeForSupport({ code: 'internal', reason: null }), 'internal');
    assert.equal(codeForSupport({ code: 'tls', reason: 'certificate-expired' }), 'tls · certificate-expired');
    for (const code of ['invalid', 'offline', 'sign-in-failed', 'conflict'] as const)
      assert.equal(codeForSupport({ code, reason: 'x' }), null, code);
  });
});
