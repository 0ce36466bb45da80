import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Account } from '../../../common/shapes/account.ts';
import type { ProfileItem } from '../../../common/shapes/profile.ts';
import { answerCalls } from './stand-in-browser.ts';
import { beSignedIn, holdAnswers, signOutHere } from './one-after-another.ts';

const { callHttp } = await import('../../../desktop/renderer/session/call-http.ts');
const { readAccountStates } = await import('../../../desktop/renderer/mail/check.ts');
const { profileStore } = await import('../../../desktop/renderer/profile/profile-store.ts');
const { changeItem } = await import('../../../desktop/renderer/profile/change-item.ts');
const { saveItem } = await import('../../../desktop/renderer/profile/save-item.ts');
const { followProfile, readProfile, setPreference } =
  await import('../../../desktop/renderer/profile/profile-sync.ts');
const { readTokens, refreshTokens } = await import('../../../desktop/renderer/session/tokens.ts');

const HERS: ProfileItem = {
  part: 'labels',
  id: 'lab_ana',
  revision: 501,
  value: { name: 'Doctor', colour: 'red' },
};
/** Whose pictures she has always shown. */
const TRUSTED: ProfileItem = { part: 'preferences', id: 'imagesFrom', revision: 500, value: ['hers@x.test'] };
const CHANGE = { part: 'labels', id: null, value: { name: 'Doctor', colour: 'red' } } as const;

/** What the next person's client shows of the profile. */
function seen(): object {
  const { accounts, labels, revision, preferences } = profileStore.get();
  return { accounts, labels, revision, imagesFrom: preferences.imagesFrom };
}

describe('an answer that comes when its session is over', () => {
  afterEach(signOutHere);

  const change = { item: HERS, revision: 501, merged: false };
  const table: [name: string, ask: () => Promise<unknown>, procedure: string, answer: unknown][] = [
    ['of the profile', readProfile, 'profile.read', { revision: 501, items: [HERS] }],
    [
      'of the accounts',
      readAccountStates,
      'account.list',
      { accounts: [{ id: 'acc_ana', email: 'ana@example.test' } as Account] },
    ],
    [
      'to a preference',
      async () => await setPreference('imagesFrom', ['doctor@example.test']),
      'profile.change',
      { item: { ...HERS, part: 'preferences', id: 'imagesFrom', value: ['x@y.test'] }, revision: 501 },
    ],
    ['to a label', async () => await changeItem('labels', null, CHANGE.value), 'profile.change', change],
    ['to an item', async () => await saveItem({ ...CHANGE, base: null }), 'profile.change', change],
    [
      'to a preference, refused',
      async () => await setPreference('imagesFrom', ['doctor@example.test']),
      'profile.change',
      new TypeError('the line broke'),
    ],
  ];
  for (const [name, ask, procedure, answer] of table) {
    for (const when of ['before', 'after'] as const) {
      it(`${name} reaches nobody, ${when} the next person signs in`, async () => {
        await beSignedIn('ana', 500, [TRUSTED]);
        const held = holdAnswers(procedure, answer);
        const asking = ask().catch(() => undefined);
        await held.asked;
        await signOutHere();
        if (when === 'before') await held.letGo();
        await beSignedIn('bob', 40);
        const his = seen();
        if (when === 'after') await held.letGo();
        assert.deepEqual(seen(), his);
        assert.deepEqual(his, { accounts: [], labels: [], revision: 40, imagesFrom: [] });
        await asking;
      });
    }
  }

  it('leaves the next person free to ask the same at once', async () => {
    await beSignedIn('ana', 500);
    const held = holdAnswers('profile.read', { revision: 501, items: [] });
    readProfile().catch(() => undefined);
    readAccountStates().catch(() => undefined);
    await held.asked;
    await signOutHere();
    await beSignedIn('bob', 40);
    const asked = answerCalls((procedure) =>
      procedure === 'account.list' ? { accounts: [] } : { revision: 41, items: [] },
    );
    await Promise.all([followProfile(41, () => false), readAccountStates()]);
    assert.deepEqual(asked.toSorted(), ['account.list', 'profile.read']);
    assert.equal(profileStore.get().revision, 41);
  });

  it('of a route that is no procedure reaches nobody', async () => {
    await beSignedIn('ana', 500);
    const asked = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    globalThis.fetch = async () => {
      asked.resolve();
      await free.promise;
      return new Response('her file');
    };
    const asking = assert.rejects(callHttp('storage', '/mail/m1/raw'), { code: 'not-signed-in' });
    await asked.promise;
    await signOutHere();
    await asking;
    free.resolve();
  });

  it('with new tokens is not what the next person goes on with', async () => {
    await beSignedIn('ana', 500);
    const hers = readTokens();
    const free = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    globalThis.fetch = async () => {
      asked.resolve();
      await free.promise;
      return Response.json({ ...hers });
    };
    const asking = assert.rejects(refreshTokens(), { code: 'not-signed-in' });
    await asked.promise;
    await signOutHere();
    await beSignedIn('bob', 40);
    free.resolve();
    await asking;
    assert.equal(readTokens()?.session.id, 'ses_bob');
  });
});
