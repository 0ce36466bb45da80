import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeCell, percentOf, sumHours } from '../../../desktop/renderer/admin/health/heat-cell.ts';
import { nameLayerItem } from '../../../desktop/renderer/admin/policy/name-layer-item.ts';
import { fromDraft, toDraft } from '../../../desktop/renderer/admin/policy/policy-draft.ts';
import { chooseSections } from '../../../desktop/renderer/admin/sections.ts';

describe('the admin area', () => {
  it('shows each what is theirs', () => {
    assert.deepEqual(chooseSections(null), []);
    assert.deepEqual(chooseSections({ admin: false, groupAdmin: false }), []);
    const group = chooseSections({ admin: false, groupAdmin: true });
    const all = chooseSections({ admin: true, groupAdmin: false });
    assert.ok(group.every((section) => all.includes(section)));
    for (const section of ['queue', 'parts', 'audit', 'alerts', 'storage'] as const) {
      assert.ok(all.includes(section) && !group.includes(section), section);
    }
  });

  const cells = [
    [null, 'none', 0],
    [{ polls: 0, failed: 0 }, 'none', 0],
    [{ polls: 10, failed: 0 }, 'good', 0],
    [{ polls: 1000, failed: 1 }, 'some', 1],
    [{ polls: 100, failed: 25 }, 'many', 25],
    [{ polls: 1000, failed: 999 }, 'all', 99],
    [{ polls: 3, failed: 3 }, 'all', 100],
  ] as const;
  for (const [cell, level, percent] of cells) {
    it(`an hour with ${JSON.stringify(cell)} is ${level}`, () => {
      assert.equal(judgeCell(cell), level);
      assert.equal(percentOf(cell ?? { polls: 0, failed: 0 }), percent);
    });
  }

  it('sums the last hours', () => {
    const row = { cells: [{ polls: 9, failed: 9 }, null, { polls: 2, failed: 1 }] };
    assert.deepEqual(sumHours(row, 2), { polls: 2, failed: 1 });
    assert.deepEqual(sumHours(row, 3), { polls: 11, failed: 10 });
  });

  const policies = [
    {},
    { ownAccounts: false, remember: true },
    { allowedHosts: ['*.uni.example', 'pop.gmail.com'], smallestInterval: 600, quotaBytes: 2_500_000_000 },
    { leastKeep: 'days:30', registration: 'closed', secondFactor: 'required' },
    { leastKeep: 'always', lab: 'forced', labIdleMinutes: 5, labSaves: ['image/*', 'application/pdf'] },
  ] as const;
  for (const policy of policies) {
    it(`the form keeps ${JSON.stringify(policy)}`, () => {
      const settings = structuredClone(policy) as Parameters<typeof toDraft>[0];
      assert.deepEqual(fromDraft(toDraft(settings)), settings);
    });
  }

  it('what was typed becomes a policy', () => {
    const draft = { ...toDraft({}), allowedHosts: ' POP.uni.example, *.x.example\n\n', quotaBytes: '1,5' };
    assert.deepEqual(fromDraft(draft), {
      allowedHosts: ['pop.uni.example', '*.x.example'],
      quotaBytes: 1_500_000_000,
    });
  });

  it('names items of layers', () => {
    const name = (part: 'accounts' | 'rules' | 'preferences', value: unknown): string =>
      nameLayerItem({ part, id: 'id_1', value: value as never });
    assert.equal(name('accounts', { email: '{{user}}@x', name: 'X' }), '{{user}}@x');
    assert.equal(name('rules', { name: 'Spam' }), 'Spam');
    assert.equal(name('preferences', 'compact'), 'id_1');
    assert.equal(name('rules', {}), 'id_1');
  });
});
