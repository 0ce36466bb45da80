import assert from 'node:assert/strict';
import { after, beforeEach, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerCalls } from './stand-in-browser.ts';
import { beSignedIn, signOutHere } from './one-after-another.ts';

const { profileStore } = await import('../../../desktop/renderer/profile/profile-store.ts');
const { setPreference, takeItems } = await import('../../../desktop/renderer/profile/profile-sync.ts');

const density = () => profileStore.get().preferences.density;
/** What the next changes are answered by, in their order: a revision, or null where the line breaks. */
function answerChanges(...answers: (number | null)[]): PromiseWithResolvers<void>[] {
  const gates = answers.map(() => Promise.withResolvers<void>());
  let asked = 0;
  answerCalls(async (name, input) => {
    if (name !== 'profile.change') return {};
    const at = asked++;
    await gates[at]!.promise;
    const revision = answers[at];
    if (revision === null) throw new TypeError('the line broke');
    const { value } = input as { value: unknown };
    return { item: { part: 'preferences', id: 'density', revision, value }, revision, merged: false };
  });
  return gates;
}
const change = async (value: 'compact' | 'normal'): Promise<void> =>
  await setPreference('density', value).catch(() => undefined);

beforeEach(async () => {
  await signOutHere();
  const item = { part: 'preferences', id: 'density', revision: 1, value: 'comfortable' } as const;
  await beSignedIn('ana', 1, [item]);
});
after(signOutHere);

it('two refused changes one behind the other leave what the server has', async () => {
  const gates = answerChanges(null, null);
  const first = change('compact');
  // Calls of one moment leave together.
  await sleep(20);
  const both = Promise.all([first, change('normal')]);
  await sleep(20);
  assert.equal(density(), 'normal');
  gates[0]!.resolve();
  await sleep(20);
  assert.equal(density(), 'normal', 'the person’s last word, which is not answered yet');
  gates[1]!.resolve();
  await both;
  assert.equal(density(), 'comfortable');
});

it('a refused change does not take back what another PC has set meanwhile', async () => {
  const [gate] = answerChanges(null);
  const changing = change('compact');
  takeItems({ revision: 2, items: [{ part: 'preferences', id: 'density', revision: 2, value: 'normal' }] });
  gate!.resolve();
  await changing;
  assert.equal(density(), 'normal');
});
