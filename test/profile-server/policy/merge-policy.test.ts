import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY, type Policy, type PolicySettings } from '../../../common/shapes/policy.ts';
import { mergePolicy } from '../../../profile-server/policy/merge-policy.ts';

/** What organisation and group say, and what is in force. */
const TABLE: [PolicySettings, PolicySettings, Partial<Policy>][] = [
  [{}, {}, DEFAULT_POLICY],
  [{ remember: false }, {}, { remember: false }],
  [{}, { remember: false }, { remember: false }],
  [{ remember: false }, { remember: true }, { remember: false }],
  [{ ownAccounts: true }, { ownAccounts: false }, { ownAccounts: false }],
  [{ signedInOnly: false }, { signedInOnly: true }, { signedInOnly: false }],
  [{ resetNeedsTwo: true }, { resetNeedsTwo: false }, { resetNeedsTwo: true }],
  [{ secondFactor: 'required' }, { secondFactor: 'optional' }, { secondFactor: 'required' }],
  [{ smallestInterval: 300 }, { smallestInterval: 600 }, { smallestInterval: 600 }],
  [{ smallestInterval: 300 }, { smallestInterval: null }, { smallestInterval: 300 }],
  [{ quotaBytes: 5e9 }, { quotaBytes: 1e9 }, { quotaBytes: 1e9 }],
  [{ quotaBytes: null }, { quotaBytes: 1e9 }, { quotaBytes: 1e9 }],
  [{ leastKeep: 'days:30' }, { leastKeep: 'days:7' }, { leastKeep: 'days:30' }],
  [{ leastKeep: 'days:9' }, { leastKeep: 'days:10' }, { leastKeep: 'days:10' }],
  [{ leastKeep: 'days:3650' }, { leastKeep: 'always' }, { leastKeep: 'always' }],
  [{ leastKeep: 'any' }, { leastKeep: 'days:1' }, { leastKeep: 'days:1' }],
  [{ registration: 'invite' }, {}, { registration: 'invite' }],
  // An organisation that has switched it off offers it to those groups that ask for it.
  [{ lab: 'off' }, {}, { lab: 'off' }],
  [{ lab: 'off' }, { lab: 'offered' }, { lab: 'offered' }],
  [{ lab: 'forced' }, { lab: 'off' }, { lab: 'forced' }],
  [{ labIdleMinutes: 30 }, { labIdleMinutes: 5 }, { labIdleMinutes: 5 }],
  [
    { labSaves: ['image/*', 'text/plain'] },
    { labSaves: ['image/png', 'application/pdf'] },
    { labSaves: ['image/png'] },
  ],
  [{ labSaves: ['application/pdf'] }, {}, { labSaves: ['application/pdf'] }],
  [{ allowedHosts: ['a.example'] }, { allowedHosts: null }, { allowedHosts: ['a.example'] }],
  [{ allowedHosts: ['a.example'] }, { allowedHosts: ['b.example'] }, { allowedHosts: [] }],
  [
    { allowedHosts: ['*.uni.example', 'pop.gmail.com'] },
    { allowedHosts: ['pop.uni.example', 'pop.gmail.com', 'pop.else.example'] },
    { allowedHosts: ['pop.gmail.com', 'pop.uni.example'] },
  ],
  [
    { allowedHosts: ['*.uni.example'] },
    { allowedHosts: ['*.chem.uni.example', '*.example', 'uni.example'] },
    { allowedHosts: ['*.uni.example', '*.chem.uni.example', 'uni.example'] },
  ],
  [{ allowedHosts: ['uni.example'] }, { allowedHosts: ['*.uni.example'] }, { allowedHosts: ['uni.example'] }],
];

test('of what organisation and group say the stricter is in force', () => {
  for (const [organisation, group, expected] of TABLE) {
    const merged = mergePolicy([organisation, group]);
    const told = JSON.stringify([organisation, group]);
    assert.deepEqual({ ...merged, ...expected }, merged, told);
    const turned = mergePolicy([group, organisation]);
    assert.deepEqual(
      { ...turned, allowedHosts: turned.allowedHosts?.toSorted() ?? null },
      { ...merged, allowedHosts: merged.allowedHosts?.toSorted() ?? null },
      `${told} turned round`,
    );
  }
});
