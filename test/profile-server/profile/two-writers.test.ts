import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { ProfileItem } from '../../../common/shapes/profile.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, type TestUser } from '../sample.ts';
import { refusal, startServer, type RunningServer } from '../start-server.ts';

const contactOf = (name: string): Contact => ({
  name,
  emails: [],
  phones: [],
  organisation: null,
  title: null,
  note: null,
  groups: [],
  vcard: null,
  collected: false,
});

/** The same numbers at every run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

onBothEngines('two PCs at the same item', (engine) => {
  let running: RunningServer;
  let ana: TestUser;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running?.stop());

  const add = async (name: string): Promise<ProfileItem> => {
    const change = { part: 'contacts' as const, id: null, base: null, value: { ...contactOf(name) } };
    return (await ana.client.profile.change.mutate(change)).item;
  };
  const save = async (item: ProfileItem, value: Contact) =>
    await ana.client.profile.change.mutate({
      part: 'contacts',
      id: item.id,
      base: item.revision,
      value: { ...value },
    });

  test('keep what either changed, and say that they were brought together', async () => {
    const seen = await add('Ben');
    const first = await save(seen, { ...contactOf('Ben'), title: 'Dr.' });
    assert.equal(first.merged, false);
    const second = await save(seen, { ...contactOf('Ben'), note: 'Room 3', groups: ['Lab'] });
    assert.equal(second.merged, true);
    assert.deepEqual(second.item.value, {
      ...contactOf('Ben'),
      title: 'Dr.',
      note: 'Room 3',
      groups: ['Lab'],
    });
  });

  test('hear of the fields where both changed the same, and nothing of it is written', async () => {
    const seen = await add('Cleo');
    const first = await save(seen, { ...contactOf('Cleo'), title: 'Dr.' });
    const refused = await refusal(save(seen, { ...contactOf('Cleo'), title: 'Prof.', note: 'x' }));
    assert.deepEqual([refused.code, refused.params['fields']], ['conflict', 'title']);
    assert.deepEqual(refused.current, first.item);
  });

  test('lose no change of any field, whatever they do in whatever order', async () => {
    const random = makeRandom(7);
    const start = await add('Dora');
    const fields = ['title', 'organisation', 'note'] as const;
    /** What each PC has on its screen. */
    const screens = [start, start];
    /** What was accepted last for each field. */
    const truth: Record<string, string | null> = { title: null, organisation: null, note: null };
    const categories = new Set<string>();
    let conflicts = 0;
    for (let step = 0; step < 60; step += 1) {
      const pc = random(2);
      const seen = screens[pc] as ProfileItem;
      const value = structuredClone(seen.value) as Contact;
      const field = random(4) === 3 ? null : (fields[random(3)] ?? null);
      const word = `v${step}`;
      if (field === null) value.groups.push(word);
      else value[field] = word;
      try {
        const { item } = await save(seen, value);
        screens[pc] = item;
        if (field === null) categories.add(word);
        else truth[field] = word;
      } catch (error) {
        const refused = await refusal(Promise.reject(error));
        assert.equal(refused.code, 'conflict');
        assert.equal(refused.params['fields'], field, 'only what both changed is refused');
        screens[pc] = refused.current as ProfileItem;
        conflicts += 1;
      }
    }
    const { items } = await ana.client.profile.read.query({ parts: ['contacts'] });
    const kept = items.find(({ id }) => id === start.id)?.value as Contact;
    assert.deepEqual({ title: kept.title, organisation: kept.organisation, note: kept.note }, truth);
    assert.deepEqual(new Set(kept.groups), categories);
    assert.ok(conflicts > 0 && conflicts < 30, `${conflicts} conflicts: the test tries both`);
  });

  test('at the same moment change fields of their own', async () => {
    const seen = await add('Eva');
    const values = [{ title: 'Dr.' }, { note: 'x' }, { organisation: 'Uni' }, { groups: ['a'] }];
    await Promise.all(values.map(async (one) => await save(seen, { ...contactOf('Eva'), ...one })));
    const { items } = await ana.client.profile.read.query({ parts: ['contacts'] });
    const kept = items.find(({ id }) => id === seen.id)?.value;
    assert.deepEqual(kept, {
      ...contactOf('Eva'),
      title: 'Dr.',
      note: 'x',
      organisation: 'Uni',
      groups: ['a'],
    });
  });
});
