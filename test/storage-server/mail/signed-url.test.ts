import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeUrlSigner } from '../../../storage-server/mail/signed-url.ts';

const caller = { user: 'user_a', session: 'ses_a' };
const target = new URL('http://localhost:1/mail/m1/raw?account=acc_a');

test('a signed URL is good for its path, user, session and account, and for 60 s to begin', () => {
  const clock = { at: 1_000_000, now: () => clock.at };
  const signer = makeUrlSigner(Buffer.alloc(32, 1), clock);
  const url = signer.sign(target, caller);
  assert.deepEqual(signer.check(url, false), caller);
  assert.equal(signer.check(target, false), null);
  for (const change of [
    (one: URL) => (one.pathname = '/mail/m2/raw'),
    (one: URL) => one.searchParams.set('user', 'user_b'),
    (one: URL) => one.searchParams.set('session', 'ses_b'),
    (one: URL) => one.searchParams.set('account', 'acc_b'),
    (one: URL) => one.searchParams.set('expires', '99999999999999'),
    (one: URL) => one.searchParams.set('signature', 'AAAA'),
  ]) {
    const changed = new URL(url);
    change(changed);
    assert.throws(() => signer.check(changed, false), { code: 'forbidden', reason: 'link-forged' });
  }
  const foreign = makeUrlSigner(Buffer.alloc(32, 2), clock).sign(target, caller);
  assert.throws(() => signer.check(foreign, false), { reason: 'link-forged' });
});

test('a begun download may resume for 10 minutes; one that was never begun may not', () => {
  const clock = { at: 1_000_000, now: () => clock.at };
  const signer = makeUrlSigner(Buffer.alloc(32, 1), clock);
  const begun = signer.sign(target, caller);
  signer.check(begun, false);
  clock.at += 1;
  const never = signer.sign(target, caller);
  clock.at += 9 * 60_000;
  assert.throws(() => signer.check(begun, false), { reason: 'link-expired' });
  assert.deepEqual(signer.check(begun, true), caller);
  assert.throws(() => signer.check(never, true), { reason: 'link-expired' });
  clock.at += 2 * 60_000;
  assert.throws(() => signer.check(begun, true), { reason: 'link-expired' });
});
